//! Telephone numbers by name, in shards.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;

/// Numbers by name. A name is always in the same shard.
pub struct Directory {
    shards: Vec<Mutex<HashMap<String, u32>>>,
}

impl Directory {
    /// An empty directory.
    ///
    /// # Panics
    /// If there is not a single shard.
    pub fn new(shards: usize) -> Self {
        assert!(shards > 0, "a name needs a shard");
        Self { shards: (0..shards).map(|_| Mutex::default()).collect() }
    }
}

// Wrong on purpose: every call draws new keys, so a name is in another shard each time.
// ANCHOR: new_hasher
impl Directory {
    /// Where `name` belongs.
    fn shard_of(&self, name: &str) -> usize {
        let hash = RandomState::new().hash_one(name);
        (hash % self.shards.len() as u64) as usize
    }
}
// ANCHOR_END: new_hasher

impl Directory {
    /// Enters a number.
    pub fn insert(&self, name: &str, number: u32) {
        self.shards[self.shard_of(name)].lock().unwrap().insert(name.to_string(), number);
    }

    /// The number of `name`.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.shards[self.shard_of(name)].lock().unwrap().get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_new_hasher_for_each_call_most_names_are_not_found() {
        let directory = Directory::new(8);
        let names: Vec<String> = (0..1000).map(|number| format!("name {number}")).collect();
        for (number, name) in names.iter().enumerate() {
            directory.insert(name, number as u32);
        }
        // About an eighth; that it is half of them is less likely than that this machine is struck by lightning now.
        assert!(names.iter().filter(|name| directory.get(name).is_some()).count() < 500);
    }

    #[test]
    fn with_one_shard_nobody_notices() {
        let directory = Directory::new(1);
        directory.insert("Ada", 1815);
        assert_eq!(directory.get("Ada"), Some(1815));
    }
}
