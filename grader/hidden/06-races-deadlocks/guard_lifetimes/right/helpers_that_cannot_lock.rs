//! right: an `RwLock` around everything; the methods only lock, and what they call has no lock to wait for.

use std::collections::HashMap;
use std::sync::RwLock;

pub struct Registry {
    inner: RwLock<Inner>,
}

#[derive(Default)]
struct Inner {
    touches: HashMap<String, u64>,
    levels: HashMap<String, u32>,
    total: u64,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let mut inner = Inner::default();
        for name in names {
            inner.register(name);
        }
        Self { inner: RwLock::new(inner) }
    }

    pub fn touch(&self, name: &str) -> u64 {
        self.inner.write().unwrap().touch(name)
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        self.inner.write().unwrap().rename(from, to).is_some()
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        self.inner.write().unwrap().promote(name)
    }

    pub fn report(&self) -> String {
        self.inner.read().unwrap().report()
    }
}

impl Inner {
    fn register(&mut self, name: &str) {
        self.touches.insert(name.to_owned(), 0);
        self.levels.insert(name.to_owned(), 0);
    }

    fn is_registered(&self, name: &str) -> bool {
        self.touches.contains_key(name)
    }

    fn touch(&mut self, name: &str) -> u64 {
        if !self.is_registered(name) {
            self.register(name);
        }
        self.total += 1;
        let count = self.touches.get_mut(name).unwrap();
        *count += 1;
        *count
    }

    fn rename(&mut self, from: &str, to: &str) -> Option<()> {
        if from == to {
            return self.is_registered(from).then_some(());
        }
        if self.is_registered(to) {
            return None;
        }
        let (_, count) = self.touches.remove_entry(from)?;
        let level = self.levels.remove(from)?;
        self.touches.insert(to.to_owned(), count);
        self.levels.insert(to.to_owned(), level);
        Some(())
    }

    fn promote(&mut self, name: &str) -> Option<u32> {
        let level = self.levels.get_mut(name)?;
        *level += 1;
        Some(*level)
    }

    fn report(&self) -> String {
        let promotions: u32 = self.levels.values().sum();
        let mut names: Vec<&String> = self.touches.keys().collect();
        names.sort();
        let entries = names.iter().map(|name| format!("; {name} {}/{}", self.touches[*name], self.levels[*name]));
        let head = format!("names {}, touches {}, promotions {promotions}", names.len(), self.total);
        std::iter::once(head).chain(entries).collect()
    }
}
