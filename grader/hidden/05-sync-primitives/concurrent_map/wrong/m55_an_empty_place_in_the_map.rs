//! caught by: updates_of_a_key_follow_one_another (failed)
//! idea: The key stays in the map while its value is out, so nobody can miss it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub struct ConcurrentMap<K, V> {
    /// `None` while an update has the value.
    entries: RwLock<HashMap<K, Option<V>>>,
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
        self.read().get(key)?.clone()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.write().insert(key, Some(value)).flatten()
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.write().remove(key).flatten()
    }

    pub fn len(&self) -> usize {
        self.read().values().flatten().count()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        self.write().entry(key).or_default().get_or_insert_with(init).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        let mut value = self.write().get_mut(key)?.take()?;
        let returned = f(&mut value);
        if let Some(place) = self.write().get_mut(key) {
            *place = Some(value);
        }
        Some(returned)
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.read().iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, Option<V>>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, Option<V>>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}
