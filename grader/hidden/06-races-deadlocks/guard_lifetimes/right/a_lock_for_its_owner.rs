//! right: ugly; a home-made lock that lets its owner in again stands before the two given ones, whose guards then end
//! at once, wherever they are taken and in whatever order.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, RwLock};
use std::thread::{self, ThreadId};

#[derive(Default)]
struct Turn {
    owner: Mutex<Option<(ThreadId, usize)>>,
    free: Condvar,
}

struct Mine<'a>(&'a Turn);

impl Turn {
    fn take(&self) -> Mine<'_> {
        let me = thread::current().id();
        let mut owner = self.owner.lock().unwrap();
        loop {
            match &mut *owner {
                None => *owner = Some((me, 1)),
                Some((id, depth)) if *id == me => *depth += 1,
                Some(_) => {
                    owner = self.free.wait(owner).unwrap();
                    continue;
                }
            }
            return Mine(self);
        }
    }
}

impl Drop for Mine<'_> {
    fn drop(&mut self) {
        let mut owner = self.0.owner.lock().unwrap();
        *owner = owner.filter(|(_, depth)| *depth > 1).map(|(id, depth)| (id, depth - 1));
        if owner.is_none() {
            self.0.free.notify_one();
        }
    }
}

pub struct Registry {
    turn: Turn,
    touches: Mutex<HashMap<String, u64>>,
    levels: RwLock<HashMap<String, u32>>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        Self {
            turn: Turn::default(),
            touches: Mutex::new(names.iter().map(|&name| (name.to_owned(), 0)).collect()),
            levels: RwLock::new(names.iter().map(|&name| (name.to_owned(), 0)).collect()),
        }
    }

    pub fn touch(&self, name: &str) -> u64 {
        let _turn = self.turn.take();
        if self.count(name).is_none() {
            self.levels.write().unwrap().insert(name.to_owned(), 0);
            self.touches.lock().unwrap().insert(name.to_owned(), 0);
        }
        *self.touches.lock().unwrap().get_mut(name).unwrap() += 1;
        self.count(name).unwrap()
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let _turn = self.turn.take();
        let (Some(count), Some(level)) = (self.count(from), self.level(from)) else { return false };
        if from != to && self.count(to).is_some() {
            return false;
        }
        self.levels.write().unwrap().remove(from);
        self.levels.write().unwrap().insert(to.to_owned(), level);
        self.touches.lock().unwrap().remove(from);
        self.touches.lock().unwrap().insert(to.to_owned(), count);
        true
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let _turn = self.turn.take();
        let level = self.level(name)? + 1;
        self.levels.write().unwrap().insert(name.to_owned(), level);
        Some(level)
    }

    pub fn report(&self) -> String {
        let _turn = self.turn.take();
        let mut names: Vec<String> = self.levels.read().unwrap().keys().cloned().collect();
        names.sort();
        let touches: u64 = names.iter().filter_map(|name| self.count(name)).sum();
        let promotions: u32 = names.iter().filter_map(|name| self.level(name)).sum();
        let mut report = format!("names {}, touches {touches}, promotions {promotions}", names.len());
        for name in names {
            report += &format!("; {name} {}/{}", self.count(&name).unwrap(), self.level(&name).unwrap());
        }
        report
    }

    fn count(&self, name: &str) -> Option<u64> {
        let _turn = self.turn.take();
        self.touches.lock().unwrap().get(name).copied()
    }

    fn level(&self, name: &str) -> Option<u32> {
        let _turn = self.turn.take();
        self.levels.read().unwrap().get(name).copied()
    }
}
