//! caught by: two_first_touches_make_one_entry (failed)
//! idea: Looking for the name and inserting it are two steps, and each of them is locked.

use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

pub struct Registry {
    touches: Mutex<HashMap<String, u64>>,
    stats: RwLock<Stats>,
}

#[derive(Default)]
struct Stats {
    total: u64,
    promotions: u64,
    levels: HashMap<String, u32>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let touches = names.iter().map(|&name| (name.to_owned(), 0)).collect();
        let levels = names.iter().map(|&name| (name.to_owned(), 0)).collect();
        Self { touches: Mutex::new(touches), stats: RwLock::new(Stats { levels, ..Stats::default() }) }
    }

    pub fn touch(&self, name: &str) -> u64 {
        if !self.is_registered(name) {
            let mut touches = self.touches.lock().unwrap();
            touches.insert(name.to_owned(), 0);
            self.stats.write().unwrap().levels.insert(name.to_owned(), 0);
        }
        let mut touches = self.touches.lock().unwrap();
        self.stats.write().unwrap().total += 1;
        let count = touches.entry(name.to_owned()).or_insert(0);
        *count += 1;
        *count
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let mut touches = self.touches.lock().unwrap();
        if from != to && touches.contains_key(to) {
            return false;
        }
        let Some(count) = touches.remove(from) else { return false };
        touches.insert(to.to_owned(), count);
        let mut stats = self.stats.write().unwrap();
        let level = stats.levels.remove(from).unwrap_or(0);
        stats.levels.insert(to.to_owned(), level);
        true
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let mut stats = self.stats.write().unwrap();
        let level = stats.levels.get(name)? + 1;
        stats.levels.insert(name.to_owned(), level);
        stats.promotions += 1;
        Some(level)
    }

    pub fn report(&self) -> String {
        let touches = self.touches.lock().unwrap();
        let stats = self.stats.read().unwrap();
        let mut report = format!("names {}, touches {}, promotions {}", touches.len(), stats.total, stats.promotions);
        let mut entries: Vec<_> = touches.iter().collect();
        entries.sort_unstable();
        for (name, count) in entries {
            report += &format!("; {name} {count}/{}", stats.levels[name]);
        }
        report
    }

    fn is_registered(&self, name: &str) -> bool {
        self.touches.lock().unwrap().contains_key(name)
    }
}
