//! right: no reader–writer lock; readers borrow the whole map through an `Arc`, a writer waits until it is the only
//! owner. Readers that keep coming keep writers waiting.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

pub struct ConcurrentMap<K, V> {
    entries: Mutex<Arc<HashMap<K, V>>>,
    given_back: Condvar,
}

/// The map, lent to a reader.
struct Lent<'a, K, V> {
    lender: &'a ConcurrentMap<K, V>,
    entries: Option<Arc<HashMap<K, V>>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { entries: Mutex::new(Arc::new(HashMap::new())), given_back: Condvar::new() }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        self.lend().get(key).cloned()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.change(|entries| entries.insert(key, value))
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.change(|entries| entries.remove(key))
    }

    pub fn len(&self) -> usize {
        self.lock().len()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        self.change(|entries| entries.entry(key).or_insert_with(init).clone())
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        self.change(|entries| entries.get_mut(key).map(f))
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        let lent = self.lend();
        lent.clone()
    }

    fn lend(&self) -> Lent<'_, K, V> {
        Lent { lender: self, entries: Some(self.lock().clone()) }
    }

    fn change<R>(&self, change: impl FnOnce(&mut HashMap<K, V>) -> R) -> R {
        let is_lent = |entries: &mut Arc<HashMap<K, V>>| Arc::get_mut(entries).is_none();
        let mut entries = self.given_back.wait_while(self.lock(), is_lent).unwrap_or_else(PoisonError::into_inner);
        change(Arc::get_mut(&mut entries).unwrap())
    }

    fn lock(&self) -> MutexGuard<'_, Arc<HashMap<K, V>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Deref for Lent<'_, K, V> {
    type Target = HashMap<K, V>;

    fn deref(&self) -> &HashMap<K, V> {
        self.entries.as_ref().unwrap()
    }
}

impl<K, V> Drop for Lent<'_, K, V> {
    fn drop(&mut self) {
        // Under the lock, or a writer could look before and sleep after.
        let lock = self.lender.entries.lock().unwrap_or_else(PoisonError::into_inner);
        self.entries = None;
        drop(lock);
        self.lender.given_back.notify_all();
    }
}
