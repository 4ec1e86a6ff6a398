//! right: one mutex, and every value in an `Arc`; `get` clones the value after unlocking, and whoever wants to change
//! it or take it out waits until the readers have given it back.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

pub struct ConcurrentMap<K, V> {
    entries: Mutex<HashMap<K, Arc<V>>>,
    given_back: Condvar,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: Mutex::new(HashMap::new()), given_back: Condvar::new() }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let value = self.lock().get(key).cloned()?;
        let lent = Lent { map: self, value: Some(value) };
        lent.value.as_deref().cloned()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let mut entries = self.lock();
        let old = entries.insert(key, Arc::new(value))?;
        Some(self.take_back(entries, old))
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let mut entries = self.lock();
        let old = entries.remove(key)?;
        Some(self.take_back(entries, old))
    }

    pub fn len(&self) -> usize {
        self.lock().len()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        V::clone(self.lock().entry(key).or_insert_with(|| Arc::new(init())))
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        let mut entries = self.lock();
        loop {
            if let Some(value) = Arc::get_mut(entries.get_mut(key)?) {
                return Some(f(value));
            }
            entries = self.given_back.wait(entries).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.lock().iter().map(|(key, value)| (key.clone(), V::clone(value))).collect()
    }

    fn take_back(&self, mut entries: MutexGuard<'_, HashMap<K, Arc<V>>>, mut value: Arc<V>) -> V {
        loop {
            match Arc::try_unwrap(value) {
                Ok(value) => return value,
                Err(still_read) => value = still_read,
            }
            entries = self.given_back.wait(entries).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<V>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A value in the hands of a reader.
struct Lent<'a, K, V> {
    map: &'a ConcurrentMap<K, V>,
    value: Option<Arc<V>>,
}

impl<K, V> Drop for Lent<'_, K, V> {
    fn drop(&mut self) {
        let entries = self.map.entries.lock().unwrap_or_else(PoisonError::into_inner);
        self.value = None;
        drop(entries);
        self.map.given_back.notify_all();
    }
}
