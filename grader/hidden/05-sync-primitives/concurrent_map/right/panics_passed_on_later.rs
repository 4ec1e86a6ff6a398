//! right: foreign panics are caught under the lock and go on when it is open again, so nothing is ever poisoned; even
//! readers leave the lock before they panic.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::RwLock;

pub struct ConcurrentMap<K, V> {
    entries: RwLock<HashMap<K, V>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: RwLock::default() }
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
        self.entries.write().unwrap().insert(key, value)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.entries.write().unwrap().remove(key)
    }

    pub fn len(&self) -> usize {
        self.entries.read().unwrap().len()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        // The clone is what stays in the map; if it fails, nothing does.
        self.write(|entries| {
            if let Some(value) = entries.get(&key) {
                return value.clone();
            }
            let value = init();
            entries.insert(key, value.clone());
            value
        })
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
        self.read(|entries| entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn read<R>(&self, look: impl FnOnce(&HashMap<K, V>) -> R) -> R {
        let outcome = {
            let entries = self.entries.read().unwrap();
            catch_unwind(AssertUnwindSafe(|| look(&entries)))
        };
        outcome.unwrap_or_else(|payload| resume_unwind(payload))
    }

    fn write<R>(&self, change: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        let outcome = {
            let mut entries = self.entries.write().unwrap();
            catch_unwind(AssertUnwindSafe(|| change(&mut entries)))
        };
        outcome.unwrap_or_else(|payload| resume_unwind(payload))
    }
}
