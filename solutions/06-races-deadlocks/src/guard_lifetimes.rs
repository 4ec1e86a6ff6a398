//! # `guard-lifetimes`: four methods that wait for themselves
//!
//! - Every call returns, alone and beside any other calls, in whatever order the threads get their turns.
//! - Every call is one step: calls that overlap have the results, and leave the registry, that they would have had and
//!   left one after the other.
//! - Signatures and results are those of the file that was to be repaired.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// What belongs to a name.
#[derive(Default)]
struct Entry {
    touches: u64,
    level: u32,
}

/// Names, each with the number of its touches and a level.
pub struct Registry {
    // One lock. The two that were given can be kept: bind each guard to a name, always lock `touches` before `stats`,
    // and hold both for as long as a step takes. But then every method has to know the order, also the one that is
    // written next year, and what for? Nothing in `stats` is ever wanted alone, except by a promotion. A report is the
    // only reader, so an `RwLock` would pay only where many of them run at once.
    //
    // Totals are sums of what is in here. A total that is kept beside it can disagree.
    entries: Mutex<BTreeMap<String, Entry>>,
}

impl Registry {
    /// A registry of these names, none of them touched yet, all at level 0. A name given twice is registered once.
    pub fn new(names: &[&str]) -> Self {
        let entries = names.iter().map(|&name| (name.to_owned(), Entry::default())).collect();
        Self { entries: Mutex::new(entries) }
    }

    /// Counts one touch of `name`, and returns how often it has been touched, this time included.
    ///
    /// A name that is not registered is registered by its first touch, at level 0.
    pub fn touch(&self, name: &str) -> u64 {
        let mut entries = self.lock();
        // `entry` looks and inserts in one step. A `match` on `get_mut` would do as well now that its head borrows a
        // guard with a name: the arms use the same guard, and not the lock.
        let entry = entries.entry(name.to_owned()).or_default();
        entry.touches += 1;
        entry.touches
    }

    /// Gives the entry of `from`, with its touches and its level, the name `to`. Returns whether that was done.
    ///
    /// It is not done, and nothing changes, if `from` is not registered or if `to` belongs to another entry. An entry
    /// can be renamed to the name it has: that is done, and nothing changes.
    pub fn rename(&self, from: &str, to: &str) -> bool {
        let mut entries = self.lock();
        // All questions come before the first change, so that there is nothing to take back. A guard for each question
        // (copy the count, unlock, lock again) would not wait for itself either, but between two guards a touch can
        // be lost and `to` can be taken.
        if from != to && entries.contains_key(to) {
            return false;
        }
        let Some(entry) = entries.remove(from) else { return false };
        entries.insert(to.to_owned(), entry);
        true
    }

    /// Raises the level of `name` by one, and returns the new level. `None`, and no change, if it is not registered.
    pub fn promote(&self, name: &str) -> Option<u32> {
        let mut entries = self.lock();
        // Not a read guard that is exchanged for a write guard once the name is known: while both live, the thread
        // waits for itself, and if the first is dropped early, two promotions start from the same level.
        let entry = entries.get_mut(name)?;
        entry.level += 1;
        Some(entry.level)
    }

    /// The registry in one line: how many names it has, how many touches and promotions there have been, and
    /// `; name touches/level` for every name, sorted by name.
    pub fn report(&self) -> String {
        let entries = self.lock();
        // Helpers that lock must not be called from here on. Those that are worth having take `&BTreeMap<..>`, and then
        // they cannot lock.
        let touches: u64 = entries.values().map(|entry| entry.touches).sum();
        let promotions: u32 = entries.values().map(|entry| entry.level).sum();
        let mut report = format!("names {}, touches {touches}, promotions {promotions}", entries.len());
        for (name, Entry { touches, level }) in entries.iter() {
            report += &format!("; {name} {touches}/{level}");
        }
        report
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().expect("no code that could panic runs under this lock")
    }
}
