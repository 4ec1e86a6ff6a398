//! Waiting for different things with one condition variable.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;

// ANCHOR: progress
/// Counts pages that are done. Readers wait until there are as many as they need.
#[derive(Default)]
pub struct Progress {
    pages: Mutex<u32>,
    changed: Condvar,
}

impl Progress {
    /// Returns when `goal` pages are done.
    pub fn wait_for(&self, goal: u32) {
        let pages = self.pages.lock().unwrap();
        drop(self.changed.wait_while(pages, |pages| *pages < goal).unwrap());
    }

    /// One page more.
    pub fn advance(&self) {
        *self.pages.lock().unwrap() += 1;
        self.changed.notify_all();
    }
}
// ANCHOR_END: progress

impl Progress {
    // Wrong on purpose: may wake somebody who waits for more.
    // ANCHOR: one_is_enough
    /// One page more.
    pub fn advance_for_one(&self) {
        *self.pages.lock().unwrap() += 1;
        self.changed.notify_one();
    }
    // ANCHOR_END: one_is_enough
}

/// Two readers with different goals, and a writer who makes one page after the other.
pub fn two_goals(advance: fn(&Progress)) {
    let progress = Arc::new(Progress::default());
    let [two, one] = [2, 1].map(|goal| {
        let progress = progress.clone();
        thread::spawn(move || progress.wait_for(goal))
    });
    advance(&progress);
    one.join().unwrap();
    advance(&progress);
    two.join().unwrap();
}
