//! A map that several threads read and write.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::thread;

// ANCHOR: as_in_go
/// The map as it comes from Go: each method takes the lock, does one thing, and lets go.
#[derive(Default)]
pub struct SafeMap {
    data: RwLock<HashMap<String, u32>>,
}

impl SafeMap {
    /// What is stored under `key`.
    pub fn get(&self, key: &str) -> Option<u32> {
        self.data.read().unwrap().get(key).copied()
    }

    /// Stores `value` under `key`.
    pub fn set(&self, key: &str, value: u32) {
        self.data.write().unwrap().insert(key.to_string(), value);
    }
}
// ANCHOR_END: as_in_go

// Wrong on purpose: sells the last piece twice.
// ANCHOR: two_steps
/// Sells `count` pieces, if there are so many. Says whether there were.
pub fn sell(stock: &SafeMap, item: &str, count: u32) -> bool {
    let left = stock.get(item).unwrap_or(0);
    if left < count {
        return false;
    }
    stock.set(item, left - count);
    true
}
// ANCHOR_END: two_steps

// ANCHOR: one_step
/// The map as Rust likes it: its methods are the steps that its users need.
#[derive(Default)]
pub struct Stock {
    items: RwLock<HashMap<String, u32>>,
}

impl Stock {
    /// How many pieces are left.
    pub fn left(&self, item: &str) -> u32 {
        self.items.read().unwrap().get(item).copied().unwrap_or(0)
    }

    /// Adds `count` pieces.
    pub fn restock(&self, item: &str, count: u32) {
        *self.items.write().unwrap().entry(item.to_string()).or_default() += count;
    }

    /// Sells `count` pieces, if there are so many. Says whether there were.
    pub fn sell(&self, item: &str, count: u32) -> bool {
        let mut items = self.items.write().unwrap();
        match items.get_mut(item) {
            Some(left) if *left >= count => {
                *left -= count;
                true
            }
            _ => false,
        }
    }
}
// ANCHOR_END: one_step

/// Two customers, and one pot of tea.
pub fn last_pot() {
    let stock = Arc::new(SafeMap::default());
    stock.set("tea", 1);
    let other = {
        let stock = stock.clone();
        thread::spawn(move || sell(&stock, "tea", 1))
    };
    let sold = sell(&stock, "tea", 1);
    let sold_too = other.join().unwrap();
    assert!(!(sold && sold_too), "one pot, sold twice");
}
