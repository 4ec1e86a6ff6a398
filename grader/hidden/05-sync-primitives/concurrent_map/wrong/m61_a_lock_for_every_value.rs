//! caught by: gets_run_at_the_same_time (failed)
//! idea: With a lock for every value nobody waits for anybody, and `clone` is quick.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub struct ConcurrentMap<K, V> {
    entries: RwLock<HashMap<K, Mutex<V>>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: RwLock::new(HashMap::new()) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let entries = self.read();
        let value = entries.get(key)?;
        Some(lock(value).clone())
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.write().insert(key, Mutex::new(value)).map(unlocked)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.write().remove(key).map(unlocked)
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
        let value = entries.entry(key).or_insert_with(|| Mutex::new(init()));
        lock(value).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        let entries = self.read();
        let value = entries.get(key)?;
        Some(f(&mut lock(value)))
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        let entries = self.write();
        entries.iter().map(|(key, value)| (key.clone(), lock(value).clone())).collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, Mutex<V>>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, Mutex<V>>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock<V>(value: &Mutex<V>) -> MutexGuard<'_, V> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unlocked<V>(value: Mutex<V>) -> V {
    value.into_inner().unwrap_or_else(PoisonError::into_inner)
}
