//! caught by: a_panic_in_clone_changes_nothing (failed)
//! idea: I unlock at the end of every method, so the lock is always given back.
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
        let entries = self.lock_shared();
        let value = entries.get(key).cloned();
        self.unlock_shared();
        value
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let entries = self.lock_exclusive();
        let old = entries.insert(key, value);
        self.unlock_exclusive();
        old
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let entries = self.lock_exclusive();
        let old = entries.remove(key);
        self.unlock_exclusive();
        old
    }

    pub fn len(&self) -> usize {
        let len = self.lock_shared().len();
        self.unlock_shared();
        len
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let entries = self.lock_exclusive();
        let value = entries.entry(key).or_insert_with(init).clone();
        self.unlock_exclusive();
        value
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        let entries = self.lock_exclusive();
        let returned = entries.get_mut(key).map(f);
        self.unlock_exclusive();
        returned
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        let all = self.lock_shared().clone();
        self.unlock_shared();
        all
    }

    fn lock_shared(&self) -> &HashMap<K, V> {
        let mut state = self.state.lock().unwrap();
        while state.writing {
            state = self.changed.wait(state).unwrap();
        }
        state.readers += 1;
        // SAFETY: nobody writes as long as there are readers.
        unsafe { &*self.entries.get() }
    }

    fn unlock_shared(&self) {
        self.state.lock().unwrap().readers -= 1;
        self.changed.notify_all();
    }

    #[allow(clippy::mut_from_ref)]
    fn lock_exclusive(&self) -> &mut HashMap<K, V> {
        let mut state = self.state.lock().unwrap();
        while state.writing || state.readers > 0 {
            state = self.changed.wait(state).unwrap();
        }
        state.writing = true;
        // SAFETY: nobody else reads or writes.
        unsafe { &mut *self.entries.get() }
    }

    fn unlock_exclusive(&self) {
        self.state.lock().unwrap().writing = false;
        self.changed.notify_all();
    }
}
