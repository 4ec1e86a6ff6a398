//! # `concurrent-map`: a map that many threads use at once
//!
//! - Each call is one step: a replaced key is never missing, no update is lost, a snapshot shows one moment.
//! - `get`s do not exclude each other; the other methods may.
//! - `init` runs once for a missing key, and everybody gets the same value.
//! - A panic in foreign code leaves the map usable, and the entry as far as the closure had come.
//! - What `insert` and `remove` take out is dropped by the caller, when no lock is held.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A map that many threads use at once.
pub struct ConcurrentMap<K, V> {
    /// One lock for everything, so a snapshot is one moment by itself. Shards would let writers of different keys work
    /// side by side; the price is a snapshot that has to hold all of them. Begin with this, and measure.
    entries: RwLock<HashMap<K, V>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self { entries: RwLock::new(HashMap::new()) }
    }

    /// A clone of the key's value, if there is one.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        // `clone` is foreign code, but under a read lock it keeps no other reader waiting. Where values are big, the
        // caller can store an `Arc`. To hand out a guard instead would let callers keep our lock as long as they like.
        self.read().get(key).cloned()
    }

    /// Puts a value under the key and returns the one that was there before.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        // Returned, not dropped here: the guard is gone before the caller sees the old value.
        self.write().insert(key, value)
    }

    /// Takes the key's value out, if there is one.
    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        // No look under a read lock first: by the time of the write lock it would be old news.
        self.write().remove(key)
    }

    /// How many entries there are.
    #[allow(clippy::len_without_is_empty, reason = "`len` is all that the exercise asks for")]
    pub fn len(&self) -> usize {
        // A counter beside the map would be a second truth to keep in step with the first.
        self.read().len()
    }

    /// A clone of the key's value, which `init` makes if it is missing.
    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        // Most calls find the key, and need not keep anybody out. The guard ends inside `get`; written as the head of
        // a `match`, `self.read().get(&key)` would keep it through all arms, and `write` would wait for ourselves.
        if let Some(value) = self.get(&key) {
            return value;
        }
        // Between the two locks anybody may have filled the gap. `entry` looks again, and acts in the same step.
        // Calling `init` before the lock would be kinder to other keys, but then every caller who missed would call it;
        // and a cell per key (`Arc<OnceLock<V>>`) would be kind and right, were it not for `update`.
        self.write().entry(key).or_insert_with(init).clone()
    }

    /// Lets `f` change the key's value in place, and returns what it returns.
    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        // In place, under the lock. To take the value out, run `f` without a lock and put it back would show everybody
        // a missing key meanwhile, and lose the entry if `f` panics.
        self.write().get_mut(key).map(f)
    }

    /// All entries, as they were at one moment.
    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.read().clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V>> {
        // A panic under a read lock does not poison, but one under a write lock does, for readers as well.
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V>> {
        // Poison asks: "can you vouch for what you find?" We can. Whenever foreign code runs, the map is whole: `init`
        // runs before anything is inserted, `f` has one value in hand, and what it does to that is its own business.
        self.entries.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash, V> Default for ConcurrentMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
