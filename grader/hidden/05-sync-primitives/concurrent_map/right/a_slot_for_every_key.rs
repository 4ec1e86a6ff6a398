//! right: ugly; a lock for every key. A slot once made stays, empty when its key is missing, so keys are never dropped;
//! foreign code runs under the lock of its own key only.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

type Slot<V> = Arc<RwLock<Option<V>>>;

pub struct ConcurrentMap<K, V> {
    slots: RwLock<HashMap<K, Slot<V>>>,
}

impl<K: Eq + Hash, V> ConcurrentMap<K, V> {
    pub fn new() -> Self {
        Self { slots: RwLock::new(HashMap::new()) }
    }

    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let slot = self.slot(key)?;
        let value = read(&slot);
        value.clone()
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let slot = self.slot_for(key);
        write(&slot).replace(value)
    }

    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let slot = self.slot(key)?;
        write(&slot).take()
    }

    pub fn len(&self) -> usize {
        let slots: Vec<Slot<V>> = read(&self.slots).values().cloned().collect();
        slots.iter().filter(|slot| read(slot).is_some()).count()
    }

    pub fn get_or_insert_with<F>(&self, key: K, init: F) -> V
    where
        F: FnOnce() -> V,
        V: Clone,
    {
        let slot = self.slot_for(key);
        write(&slot).get_or_insert_with(init).clone()
    }

    pub fn update<Q, F, R>(&self, key: &Q, f: F) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        F: FnOnce(&mut V) -> R,
    {
        let slot = self.slot(key)?;
        write(&slot).as_mut().map(f)
    }

    pub fn snapshot(&self) -> HashMap<K, V>
    where
        K: Clone,
        V: Clone,
    {
        // Nobody holds a slot and asks for the map, so this waits for closures only.
        let slots = read(&self.slots);
        let held: Vec<_> = slots.iter().map(|(key, slot)| (key, read(slot))).collect();
        held.iter().filter_map(|(key, value)| Some(((*key).clone(), value.as_ref()?.clone()))).collect()
    }

    fn slot<Q>(&self, key: &Q) -> Option<Slot<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        read(&self.slots).get(key).cloned()
    }

    fn slot_for(&self, key: K) -> Slot<V> {
        write(&self.slots).entry(key).or_default().clone()
    }
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
