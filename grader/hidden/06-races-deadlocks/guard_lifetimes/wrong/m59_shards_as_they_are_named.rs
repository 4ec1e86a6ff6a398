//! caught by: two_renames_in_opposite_directions_both_return (deadlocked)
//! idea: Both shards are held only for a moment, so their order does not matter.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

const SHARDS: usize = 2;

#[derive(Clone, Copy, Default)]
struct Entry {
    touches: u64,
    level: u32,
}

type Shard = HashMap<String, Entry>;

#[derive(Default)]
pub struct Registry {
    shards: [Mutex<Shard>; SHARDS],
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let registry = Self::default();
        for name in names {
            registry.shard(index(name)).insert((*name).to_owned(), Entry::default());
        }
        registry
    }

    pub fn touch(&self, name: &str) -> u64 {
        let mut shard = self.shard(index(name));
        let entry = shard.entry(name.to_owned()).or_default();
        entry.touches += 1;
        entry.touches
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let mut source = self.shard(index(from));
        if index(from) == index(to) {
            if from != to && source.contains_key(to) {
                return false;
            }
            let Some(entry) = source.remove(from) else { return false };
            source.insert(to.to_owned(), entry);
            return true;
        }
        let mut target = self.shard(index(to));
        if target.contains_key(to) {
            return false;
        }
        let Some(entry) = source.remove(from) else { return false };
        target.insert(to.to_owned(), entry);
        true
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let mut shard = self.shard(index(name));
        let entry = shard.get_mut(name)?;
        entry.level += 1;
        Some(entry.level)
    }

    pub fn report(&self) -> String {
        let shards: Vec<_> = (0..SHARDS).map(|index| self.shard(index)).collect();
        let mut entries: Vec<_> = shards.iter().flat_map(|shard| shard.iter()).collect();
        entries.sort_unstable_by_key(|(name, _)| name.as_str());
        let touches: u64 = entries.iter().map(|(_, entry)| entry.touches).sum();
        let promotions: u32 = entries.iter().map(|(_, entry)| entry.level).sum();
        let mut report = format!("names {}, touches {touches}, promotions {promotions}", entries.len());
        for (name, Entry { touches, level }) in entries {
            report += &format!("; {name} {touches}/{level}");
        }
        report
    }

    fn shard(&self, index: usize) -> MutexGuard<'_, Shard> {
        self.shards[index].lock().unwrap()
    }
}

fn index(name: &str) -> usize {
    name.bytes().fold(0, |sum, byte| sum + usize::from(byte)) % SHARDS
}
