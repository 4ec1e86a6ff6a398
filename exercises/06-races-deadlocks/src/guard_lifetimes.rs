//! # `guard-lifetimes`: four methods that wait for themselves
//!
//! A registry counts how often each name was touched, and gives names a level. It compiles, it locks before it reads
//! or writes, and each of its four methods can stand still for ever, because of a lock that its own thread holds.
//! Repair them.
//!
//! ```rust,ignore
//! let registry = Registry::new(&["ann"]);
//! assert_eq!(registry.touch("ann"), 1);
//! assert_eq!(registry.touch("bob"), 1); // bob is new
//! assert_eq!(registry.promote("ann"), Some(1));
//! assert!(registry.rename("ann", "zoe")); // zoe has what ann had
//! assert_eq!(registry.report(), "names 2, touches 2, promotions 1; bob 1/0; zoe 1/1");
//! ```
//!
//! There is nothing to fill in here. Before you change a line, say of every guard in this file where it ends.
//!
//! # The contract
//!
//! - **What may change.** The signatures of `new`, `touch`, `rename`, `promote` and `report` stay. Fields, private
//!   parts and bodies are yours: other locks, more of them or fewer.
//! - **Ends.** Every call returns: alone, and beside any other calls from any number of threads, in whatever order
//!   the threads get their turns. A call may wait for others that are under way, never for one that is yet to come.
//! - **One step.** Every call happens at one moment between its beginning and its end. Calls that overlap have the
//!   results, and leave the registry, that they would have had and left one after the other, in some order. So no touch
//!   is lost, no entry is lost or there twice, levels go up one by one, and the numbers in a report agree with each
//!   other. A method that unlocks between looking and writing no longer waits for itself, and breaks this promise.
//! - **Results.** They are what the comments on the methods say. (They are already, whenever a method returns.) No call
//!   panics.
//! - **Names.** Any text is a name, also an empty one. The counts stay far below what their types hold.
//! - **Sharing.** A registry is `Send + Sync`. If it has threads of its own, they end when it is dropped.

use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

/// Names, each with the number of its touches and a level.
pub struct Registry {
    /// How often each registered name was touched.
    touches: Mutex<HashMap<String, u64>>,
    stats: RwLock<Stats>,
}

#[derive(Default)]
struct Stats {
    /// All touches together.
    total: u64,
    /// All promotions together.
    promotions: u64,
    /// The level of each registered name.
    levels: HashMap<String, u32>,
}

impl Registry {
    /// A registry of these names, none of them touched yet, all at level 0. A name given twice is registered once.
    pub fn new(names: &[&str]) -> Self {
        let touches = names.iter().map(|&name| (name.to_owned(), 0)).collect();
        let levels = names.iter().map(|&name| (name.to_owned(), 0)).collect();
        Self { touches: Mutex::new(touches), stats: RwLock::new(Stats { levels, ..Stats::default() }) }
    }

    /// Counts one touch of `name`, and returns how often it has been touched, this time included.
    ///
    /// A name that is not registered is registered by its first touch, at level 0.
    pub fn touch(&self, name: &str) -> u64 {
        match self.touches.lock().unwrap().get_mut(name) {
            Some(count) => {
                *count += 1;
                self.stats.write().unwrap().total += 1;
                *count
            }
            None => {
                self.touches.lock().unwrap().insert(name.to_owned(), 1);
                let mut stats = self.stats.write().unwrap();
                stats.levels.insert(name.to_owned(), 0);
                stats.total += 1;
                1
            }
        }
    }

    /// Gives the entry of `from`, with its touches and its level, the name `to`. Returns whether that was done.
    ///
    /// It is not done, and nothing changes, if `from` is not registered or if `to` belongs to another entry. An entry
    /// can be renamed to the name it has: that is done, and nothing changes.
    pub fn rename(&self, from: &str, to: &str) -> bool {
        if let Some(count) = self.touches.lock().unwrap().get(from).copied() {
            let mut touches = self.touches.lock().unwrap();
            if from != to && touches.contains_key(to) {
                return false;
            }
            touches.remove(from);
            touches.insert(to.to_owned(), count);
            let mut stats = self.stats.write().unwrap();
            let level = stats.levels.remove(from).unwrap_or(0);
            stats.levels.insert(to.to_owned(), level);
            true
        } else {
            false
        }
    }

    /// Raises the level of `name` by one, and returns the new level. `None`, and no change, if it is not registered.
    pub fn promote(&self, name: &str) -> Option<u32> {
        let stats = self.stats.read().unwrap();
        let level = stats.levels.get(name)? + 1;
        let mut stats = self.stats.write().unwrap();
        stats.levels.insert(name.to_owned(), level);
        stats.promotions += 1;
        Some(level)
    }

    /// The registry in one line: how many names it has, how many touches and promotions there have been, and
    /// `; name touches/level` for every name, sorted by name.
    ///
    /// `names 2, touches 7, promotions 1; ann 3/1; bob 4/0`, or `names 0, touches 0, promotions 0` if nobody is
    /// registered. So the first number is that of the names, the second the sum of their touches, the third the sum of
    /// their levels.
    pub fn report(&self) -> String {
        let touches = self.touches.lock().unwrap();
        let stats = self.stats.read().unwrap();
        let mut report = format!("names {}, touches {}, promotions {}", self.len(), stats.total, stats.promotions);
        let mut entries: Vec<_> = touches.iter().collect();
        entries.sort_unstable();
        for (name, count) in entries {
            report += &format!("; {name} {count}/{}", self.level(name));
        }
        report
    }

    fn len(&self) -> usize {
        self.touches.lock().unwrap().len()
    }

    fn level(&self, name: &str) -> u32 {
        self.stats.read().unwrap().levels.get(name).copied().unwrap_or(0)
    }
}
