//! caught by: a_value_in_use_is_not_lost (failed)
//! idea: A value in an `Arc` can be taken out of it when it has left the map.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub struct ConcurrentMap<K, V> {
    entries: Mutex<HashMap<K, Arc<V>>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: Mutex::new(HashMap::new()) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let value = self.lock().get(key).cloned()?;
        Some(V::clone(&value))
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.lock().insert(key, Arc::new(value)).and_then(Arc::into_inner)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.lock().remove(key).and_then(Arc::into_inner)
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
        Arc::get_mut(entries.get_mut(key)?).map(f)
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.lock().iter().map(|(key, value)| (key.clone(), V::clone(value))).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<V>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
