//! caught by: no_mix_of_calls_waits_for_ever (deadlocked)
//! idea: The number is atomic, so it need not be changed under the mutex that the condition variable waits with.
#![allow(unsafe_code)]

use std::borrow::Borrow;
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

pub struct ConcurrentMap<K, V> {
    /// How many read; `WRITING` if somebody writes.
    state: AtomicUsize,
    sleepers: Mutex<()>,
    changed: Condvar,
    entries: UnsafeCell<HashMap<K, V>>,
}

const WRITING: usize = usize::MAX;

// SAFETY: readers share the entries, a writer has them alone.
unsafe impl<K: Send + Sync, V: Send + Sync> Sync for ConcurrentMap<K, V> {}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self {
            state: AtomicUsize::new(0),
            sleepers: Mutex::new(()),
            changed: Condvar::new(),
            entries: UnsafeCell::new(HashMap::new()),
        }
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
        self.write(|entries| entries.insert(key, value))
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
        self.enter(|state| (state != WRITING).then(|| state + 1));
        let _leave = Leave(self);
        // SAFETY: nobody writes as long as there are readers.
        look(unsafe { &*self.entries.get() })
    }

    fn write<R>(&self, change: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        self.enter(|state| (state == 0).then_some(WRITING));
        let _leave = Leave(self);
        // SAFETY: nobody else reads or writes.
        change(unsafe { &mut *self.entries.get() })
    }

    fn enter(&self, next: impl Fn(usize) -> Option<usize>) {
        let mut sleepers = self.sleepers.lock().unwrap();
        while self.state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, &next).is_err() {
            sleepers = self.changed.wait(sleepers).unwrap();
        }
    }
}

struct Leave<'a, K, V>(&'a ConcurrentMap<K, V>);

impl<K, V> Drop for Leave<'_, K, V> {
    fn drop(&mut self) {
        let map = self.0;
        let left = |state| Some(if state == WRITING { 0 } else { state - 1 });
        let _ = map.state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left);
        map.changed.notify_all();
    }
}
