//! caught by: len_is_the_number_of_entries (failed)
//! idea: Every insert makes the map one entry bigger, and an atomic can count that without a lock.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub struct ConcurrentMap<K, V> {
    entries: RwLock<HashMap<K, V>>,
    len: AtomicUsize,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: RwLock::new(HashMap::new()), len: AtomicUsize::new(0) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        self.read().get(key).cloned()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let old = self.write().insert(key, value);
        self.len.fetch_add(1, Ordering::Relaxed);
        old
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let old = self.write().remove(key)?;
        self.len.fetch_sub(1, Ordering::Relaxed);
        Some(old)
    }

    pub fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let make = || {
            let value = init();
            self.len.fetch_add(1, Ordering::Relaxed);
            value
        };
        self.write().entry(key).or_insert_with(make).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        self.write().get_mut(key).map(f)
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.read().clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}
