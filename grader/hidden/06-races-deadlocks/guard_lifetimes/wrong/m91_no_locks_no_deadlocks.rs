//! caught by: threads_can_share_a_registry (does_not_compile)
//! idea: Every result is right and nothing can wait for itself, because nothing is locked.

use std::cell::RefCell;
use std::collections::BTreeMap;

pub struct Registry {
    entries: RefCell<BTreeMap<String, (u64, u32)>>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        Self { entries: RefCell::new(names.iter().map(|&name| (name.to_owned(), (0, 0))).collect()) }
    }

    pub fn touch(&self, name: &str) -> u64 {
        let mut entries = self.entries.borrow_mut();
        let (touches, _) = entries.entry(name.to_owned()).or_default();
        *touches += 1;
        *touches
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let mut entries = self.entries.borrow_mut();
        if from != to && entries.contains_key(to) {
            return false;
        }
        let Some(entry) = entries.remove(from) else { return false };
        entries.insert(to.to_owned(), entry);
        true
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let mut entries = self.entries.borrow_mut();
        let (_, level) = entries.get_mut(name)?;
        *level += 1;
        Some(*level)
    }

    pub fn report(&self) -> String {
        let entries = self.entries.borrow();
        let touches: u64 = entries.values().map(|(touches, _)| touches).sum();
        let promotions: u32 = entries.values().map(|(_, level)| level).sum();
        let mut report = format!("names {}, touches {touches}, promotions {promotions}", entries.len());
        for (name, (touches, level)) in entries.iter() {
            report += &format!("; {name} {touches}/{level}");
        }
        report
    }
}
