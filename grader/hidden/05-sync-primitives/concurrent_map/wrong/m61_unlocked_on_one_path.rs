//! caught by: a_value_that_was_handed_out_may_use_the_map (failed)
//! idea: Whoever replaces a value has what the caller wants and can return; unlocking stands at the end.
#![allow(unsafe_code)]

use std::borrow::Borrow;
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Condvar, Mutex};

#[derive(Default)]
struct State {
    readers: usize,
    writing: bool,
}

pub struct ConcurrentMap<K, V> {
    state: Mutex<State>,
    changed: Condvar,
    entries: UnsafeCell<HashMap<K, V>>,
}

// SAFETY: readers share the entries, a writer has them alone.
unsafe impl<K: Send + Sync, V: Send + Sync> Sync for ConcurrentMap<K, V> {}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), entries: UnsafeCell::new(HashMap::new()) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        self.read(|entries| entries.get(key).cloned())
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.lock_exclusive();
        // SAFETY: nobody else reads or writes.
        let entries = unsafe { &mut *self.entries.get() };
        if let Some(old) = entries.insert(key, value) {
            return Some(old);
        }
        self.unlock_exclusive();
        None
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.write(|entries| entries.remove(key))
    }

    pub fn len(&self) -> usize {
        self.read(|entries| entries.len())
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        self.write(|entries| entries.entry(key).or_insert_with(init).clone())
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        self.write(|entries| entries.get_mut(key).map(f))
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.read(|entries| entries.clone())
    }

    fn read<R>(&self, look: impl FnOnce(&HashMap<K, V>) -> R) -> R {
        let mut state = self.state.lock().unwrap();
        while state.writing {
            state = self.changed.wait(state).unwrap();
        }
        state.readers += 1;
        drop(state);
        let _shared = Shared(self);
        // SAFETY: nobody writes as long as there are readers.
        look(unsafe { &*self.entries.get() })
    }

    fn write<R>(&self, change: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.writing = true;
        drop(state);
        let _exclusive = Exclusive(self);
        // SAFETY: nobody else reads or writes.
        change(unsafe { &mut *self.entries.get() })
    }

    fn lock_exclusive(&self) {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.writing = true;
    }

    fn unlock_exclusive(&self) {
        self.state.lock().unwrap().writing = false;
        self.changed.notify_all();
    }
}

struct Shared<'a, K, V>(&'a ConcurrentMap<K, V>);

impl<K, V> Drop for Shared<'_, K, V> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().readers -= 1;
        self.0.changed.notify_all();
    }
}

struct Exclusive<'a, K, V>(&'a ConcurrentMap<K, V>);

impl<K, V> Drop for Exclusive<'_, K, V> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap().writing = false;
        self.0.changed.notify_all();
    }
}
