//! caught by: a_panic_in_init_leaves_the_key_missing (failed)
//! idea: With `into_inner` poison is dealt with, whatever state it warns of.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

struct Inner<K, V> {
    entries: HashMap<K, V>,
    /// Counted along, so that `len` is quick.
    len: usize,
}

pub struct ConcurrentMap<K, V> {
    inner: RwLock<Inner<K, V>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { inner: RwLock::new(Inner { entries: HashMap::new(), len: 0 }) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        self.read().entries.get(key).cloned()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let mut inner = self.write();
        let old = inner.entries.insert(key, value);
        if old.is_none() {
            inner.len += 1;
        }
        old
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let mut inner = self.write();
        let old = inner.entries.remove(key)?;
        inner.len -= 1;
        Some(old)
    }

    pub fn len(&self) -> usize {
        self.read().len
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let mut inner = self.write();
        let Inner { entries, len } = &mut *inner;
        let make = || {
            *len += 1;
            init()
        };
        entries.entry(key).or_insert_with(make).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        self.write().entries.get_mut(key).map(f)
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        self.read().entries.clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner<K, V>> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner<K, V>> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}
