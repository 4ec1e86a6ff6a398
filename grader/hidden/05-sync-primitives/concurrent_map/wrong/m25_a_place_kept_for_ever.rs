//! caught by: after_a_panic_in_init_the_next_caller_has_a_turn (deadlocked)
//! idea: Whoever keeps a place for a value will fill it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub struct ConcurrentMap<K, V> {
    entries: RwLock<HashMap<K, V>>,
    /// Hashes of the keys whose value is being made.
    in_work: Mutex<HashSet<u64>>,
    done: Condvar,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: RwLock::new(HashMap::new()), in_work: Mutex::new(HashSet::new()), done: Condvar::new() }
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
        self.write().insert(key, value)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.write().remove(key)
    }

    pub fn len(&self) -> usize {
        self.read().len()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let hash = hash(&key);
        let mut in_work = self.in_work.lock().unwrap();
        while in_work.contains(&hash) {
            in_work = self.done.wait(in_work).unwrap();
        }
        if let Some(value) = self.get(&key) {
            return value;
        }
        in_work.insert(hash);
        drop(in_work);
        // Outside of all locks: other keys do not wait, and a panic poisons nothing.
        let value = init();
        self.insert(key, value.clone());
        self.in_work.lock().unwrap().remove(&hash);
        self.done.notify_all();
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
        self.read().clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V>> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V>> {
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash<K: Hash>(key: &K) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
