//! a: a cache that computes each key once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;

#[derive(Default)]
struct Cache {
    known: RwLock<HashMap<u32, u32>>,
    computed: AtomicUsize,
}

impl Cache {
    fn compute(&self, key: u32) -> u32 {
        self.computed.fetch_add(1, Ordering::SeqCst);
        key * 10
    }

    fn look_up(&self, key: u32) -> Option<u32> {
        self.known.read().unwrap().get(&key).copied()
    }

    fn looks_again_under_the_lock(&self, key: u32) -> u32 {
        if let Some(value) = self.look_up(key) {
            return value;
        }
        let mut known = self.known.write().unwrap();
        *known.entry(key).or_insert_with(|| self.compute(key))
    }

    fn checks_then_acts(&self, key: u32) -> u32 {
        if let Some(value) = self.look_up(key) {
            return value;
        }
        let value = self.compute(key);
        self.known.write().unwrap().insert(key, value);
        value
    }

    fn looks_again_before_the_lock(&self, key: u32) -> u32 {
        if let Some(value) = self.look_up(key) {
            return value;
        }
        if self.look_up(key).is_none() {
            let mut known = self.known.write().unwrap();
            let value = self.compute(key);
            known.insert(key, value);
        }
        self.look_up(key).unwrap()
    }
}

fn two_ask(get: fn(&Cache, u32) -> u32) {
    let cache = Arc::new(Cache::default());
    let other = {
        let cache = cache.clone();
        thread::spawn(move || get(&cache, 7))
    };
    assert_eq!(get(&cache, 7), 70);
    assert_eq!(other.join().unwrap(), 70);
    assert_eq!(cache.computed.load(Ordering::SeqCst), 1, "the key was computed more than once");
}

pub(super) fn good() {
    two_ask(Cache::looks_again_under_the_lock);
}

pub(super) fn bad1() {
    two_ask(Cache::checks_then_acts);
}

pub(super) fn bad2() {
    two_ask(Cache::looks_again_before_the_lock);
}
