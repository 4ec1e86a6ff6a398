//! caught by: a_snapshot_shows_its_own_time (failed)
//! idea: As long as no key comes or goes, the last snapshot will do.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub struct ConcurrentMap<K, V> {
    entries: RwLock<HashMap<K, V>>,
    latest: Mutex<Option<HashMap<K, V>>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: RwLock::new(HashMap::new()), latest: Mutex::new(None) }
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
        let mut entries = self.write();
        let old = entries.insert(key, value);
        if old.is_none() {
            *self.latest() = None;
        }
        old
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let mut entries = self.write();
        let old = entries.remove(key);
        *self.latest() = None;
        old
    }

    pub fn len(&self) -> usize {
        self.read().len()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let mut entries = self.write();
        let value = entries.entry(key).or_insert_with(init).clone();
        *self.latest() = None;
        value
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
        let entries = self.read();
        self.latest().get_or_insert_with(|| entries.clone()).clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn latest(&self) -> MutexGuard<'_, Option<HashMap<K, V>>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
