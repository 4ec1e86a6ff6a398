//! right: the `RwLock` the other way round; who counts shares it as a reader, with atomics, and who needs a still
//! picture, a report, is the writer.

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

#[derive(Default)]
struct Entry {
    touches: AtomicU64,
    level: AtomicU32,
}

pub struct Registry {
    entries: RwLock<BTreeMap<String, Entry>>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let entries = names.iter().map(|&name| (name.to_owned(), Entry::default())).collect();
        Self { entries: RwLock::new(entries) }
    }

    pub fn touch(&self, name: &str) -> u64 {
        let known = self.entries.read().unwrap().get(name).map(|entry| entry.touches.fetch_add(1, Ordering::Relaxed));
        if let Some(before) = known {
            return before + 1;
        }
        // The name may have come meanwhile: `entry` looks again.
        let mut entries = self.entries.write().unwrap();
        let count = entries.entry(name.to_owned()).or_default().touches.get_mut();
        *count += 1;
        *count
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let mut entries = self.entries.write().unwrap();
        if from != to && entries.contains_key(to) {
            return false;
        }
        let Some(entry) = entries.remove(from) else { return false };
        entries.insert(to.to_owned(), entry);
        true
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let entries = self.entries.read().unwrap();
        Some(entries.get(name)?.level.fetch_add(1, Ordering::Relaxed) + 1)
    }

    pub fn report(&self) -> String {
        let mut entries = self.entries.write().unwrap();
        let (mut touches, mut promotions, mut lines) = (0, 0, String::new());
        for (name, entry) in entries.iter_mut() {
            let (count, level) = (*entry.touches.get_mut(), *entry.level.get_mut());
            touches += count;
            promotions += level;
            lines += &format!("; {name} {count}/{level}");
        }
        format!("names {}, touches {touches}, promotions {promotions}{lines}", entries.len())
    }
}
