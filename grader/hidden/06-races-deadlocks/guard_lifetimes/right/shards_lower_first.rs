//! right: two shards with a lock each; a rename locks the lower one first, and only once if both names live there.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

const SHARDS: usize = 2;

#[derive(Default)]
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
            registry.shard(index(name)).entry((*name).to_owned()).or_default();
        }
        registry
    }

    fn shard(&self, index: usize) -> MutexGuard<'_, Shard> {
        self.shards[index].lock().unwrap()
    }

    pub fn touch(&self, name: &str) -> u64 {
        let mut shard = self.shard(index(name));
        let entry = shard.entry(name.to_owned()).or_default();
        entry.touches += 1;
        entry.touches
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        if from == to {
            return self.shard(index(from)).contains_key(from);
        }
        let (here, there) = (index(from), index(to));
        if here == there {
            let mut shard = self.shard(here);
            if shard.contains_key(to) {
                return false;
            }
            let Some(entry) = shard.remove(from) else { return false };
            return shard.insert(to.to_owned(), entry).is_none();
        }
        let low = self.shard(here.min(there));
        let high = self.shard(here.max(there));
        let (mut source, mut target) = if here < there { (low, high) } else { (high, low) };
        if target.contains_key(to) {
            return false;
        }
        let Some(entry) = source.remove(from) else { return false };
        target.insert(to.to_owned(), entry).is_none()
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
}

fn index(name: &str) -> usize {
    name.bytes().fold(0, |sum, byte| sum + usize::from(byte)) % SHARDS
}
