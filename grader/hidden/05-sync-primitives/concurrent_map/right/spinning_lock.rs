//! right: ugly; a reader–writer lock that is one atomic number, and whoever has to wait looks again and again.
#![allow(unsafe_code)]

use std::borrow::Borrow;
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Somebody writes.
const WRITING: usize = usize::MAX;

pub struct ConcurrentMap<K, V> {
    /// How many read, or `WRITING`.
    state: AtomicUsize,
    entries: UnsafeCell<HashMap<K, V>>,
}

// SAFETY: like `RwLock`: shared references are given to readers, an exclusive one to a single writer.
unsafe impl<K: Send + Sync, V: Send + Sync> Sync for ConcurrentMap<K, V> {}

/// Gives the lock back, also on the way of a panic.
struct Leave<'a>(&'a AtomicUsize);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        let left = |state| if state == WRITING { 0 } else { state - 1 };
        let _ = self.0.fetch_update(Ordering::Release, Ordering::Relaxed, |state| Some(left(state)));
    }
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { state: AtomicUsize::new(0), entries: UnsafeCell::new(HashMap::new()) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let (entries, _leave) = self.read();
        entries.get(key).cloned()
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
        let (entries, _leave) = self.read();
        entries.len()
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
        let (entries, _leave) = self.read();
        entries.clone()
    }

    fn read(&self) -> (&HashMap<K, V>, Leave<'_>) {
        self.until(|state| (state != WRITING).then(|| state + 1));
        // SAFETY: the number is above 0 until `Leave` is dropped, so nobody writes. The reference is used only here
        // inside, before that.
        (unsafe { &*self.entries.get() }, Leave(&self.state))
    }

    fn write<R>(&self, change: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        self.until(|state| (state == 0).then_some(WRITING));
        let _leave = Leave(&self.state);
        // SAFETY: `WRITING` keeps everybody else out.
        change(unsafe { &mut *self.entries.get() })
    }

    fn until(&self, next: impl Fn(usize) -> Option<usize>) {
        while self.state.fetch_update(Ordering::Acquire, Ordering::Relaxed, &next).is_err() {
            thread::yield_now();
        }
    }
}
