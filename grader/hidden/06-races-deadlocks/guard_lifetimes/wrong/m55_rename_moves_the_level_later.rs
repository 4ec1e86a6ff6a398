//! caught by: a_report_shows_no_half_of_a_rename (failed)
//! idea: Never hold two locks at once: first the touches move, then the level.

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
        let mut touches = self.touches.lock().unwrap();
        let mut stats = self.stats.write().unwrap();
        stats.total += 1;
        match touches.get_mut(name) {
            Some(count) => {
                *count += 1;
                *count
            }
            None => {
                touches.insert(name.to_owned(), 1);
                stats.levels.insert(name.to_owned(), 0);
                1
            }
        }
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        {
            let mut touches = self.touches.lock().unwrap();
            if from != to && touches.contains_key(to) {
                return false;
            }
            let Some(count) = touches.remove(from) else { return false };
            touches.insert(to.to_owned(), count);
        }
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
            report += &format!("; {name} {count}/{}", stats.levels.get(name).copied().unwrap_or(0));
        }
        report
    }
}
