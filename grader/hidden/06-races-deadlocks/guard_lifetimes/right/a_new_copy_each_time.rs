//! right: every change is made to a copy, and published only if nobody else has published meanwhile; else once more.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Entries = BTreeMap<String, (u64, u32)>;

pub struct Registry {
    current: Mutex<Arc<Entries>>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let entries = names.iter().map(|&name| (name.to_owned(), (0, 0))).collect();
        Self { current: Mutex::new(Arc::new(entries)) }
    }

    fn seen(&self) -> Arc<Entries> {
        self.current.lock().unwrap().clone()
    }

    fn change<R>(&self, change: impl Fn(&mut Entries) -> R) -> R {
        loop {
            let seen = self.seen();
            let mut copy = Entries::clone(&seen);
            let result = change(&mut copy);
            let mut current = self.current.lock().unwrap();
            if Arc::ptr_eq(&seen, &current) {
                *current = Arc::new(copy);
                return result;
            }
        }
    }

    pub fn touch(&self, name: &str) -> u64 {
        self.change(|entries| {
            let (touches, _) = entries.entry(name.to_owned()).or_default();
            *touches += 1;
            *touches
        })
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        self.change(|entries| {
            if from == to || entries.contains_key(to) {
                return from == to && entries.contains_key(from);
            }
            let Some(entry) = entries.remove(from) else { return false };
            entries.insert(to.to_owned(), entry);
            true
        })
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        self.change(|entries| {
            let (_, level) = entries.get_mut(name)?;
            *level += 1;
            Some(*level)
        })
    }

    pub fn report(&self) -> String {
        let entries = self.seen();
        let (touches, promotions) =
            entries.values().fold((0, 0), |sums, (touches, level)| (sums.0 + touches, sums.1 + level));
        let names = entries.len();
        let lines = entries.iter().map(|(name, (touches, level))| format!("; {name} {touches}/{level}"));
        format!("names {names}, touches {touches}, promotions {promotions}{}", lines.collect::<String>())
    }
}
