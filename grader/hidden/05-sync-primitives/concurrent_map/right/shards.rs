//! right: shards, each with a lock of its own; a snapshot holds all of them, `len` looks at one after the other.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

const SHARDS: usize = 4;

type Shard<K, V> = RwLock<HashMap<K, V>>;

pub struct ConcurrentMap<K, V> {
    hasher: RandomState,
    shards: [Shard<K, V>; SHARDS],
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { hasher: RandomState::new(), shards: std::array::from_fn(|_| RwLock::new(HashMap::new())) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        read(self.shard(key)).get(key).cloned()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        write(self.shard(&key)).insert(key, value)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        write(self.shard(key)).remove(key)
    }

    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| read(shard).len()).sum()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        write(self.shard(&key)).entry(key).or_insert_with(init).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        Some(f(write(self.shard(key)).get_mut(key)?))
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        let held: Vec<_> = self.shards.iter().map(read).collect();
        let entries = held.iter().flat_map(|shard| shard.iter());
        entries.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn shard<Q>(&self, key: &Q) -> &Shard<K, V>
    where
        Q: Hash + ?Sized,
    {
        let hash = self.hasher.hash_one(key);
        &self.shards[(hash >> 32) as usize % SHARDS]
    }
}

fn read<K, V>(shard: &Shard<K, V>) -> RwLockReadGuard<'_, HashMap<K, V>> {
    shard.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<K, V>(shard: &Shard<K, V>) -> RwLockWriteGuard<'_, HashMap<K, V>> {
    shard.write().unwrap_or_else(PoisonError::into_inner)
}
