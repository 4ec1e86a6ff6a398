//! caught by: two_reports_do_not_mix (failed)
//! idea: The text is put together in a buffer that is kept for the next report, and every access to it is locked.

use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

pub struct Registry {
    touches: Mutex<HashMap<String, u64>>,
    stats: RwLock<Stats>,
    page: Mutex<String>,
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
        let stats = RwLock::new(Stats { levels, ..Stats::default() });
        Self { touches: Mutex::new(touches), stats, page: Mutex::default() }
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
        self.page.lock().unwrap().clear();
        {
            let touches = self.touches.lock().unwrap();
            let stats = self.stats.read().unwrap();
            let mut page = self.page.lock().unwrap();
            *page += &format!("names {}, touches {}, promotions {}", touches.len(), stats.total, stats.promotions);
            let mut entries: Vec<_> = touches.iter().collect();
            entries.sort_unstable();
            for (name, count) in entries {
                *page += &format!("; {name} {count}/{}", stats.levels[name]);
            }
        }
        self.page.lock().unwrap().clone()
    }
}
