//! Waiting until something is open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

// Wrong on purpose: burns a core.
// ANCHOR: spinning
/// Returns when it is open.
pub fn spin_until_open(open: &AtomicBool) {
    while !open.load(Ordering::Acquire) {
        std::hint::spin_loop();
    }
}
// ANCHOR_END: spinning

// ANCHOR: opening
/// Closed at first, then open for good.
#[derive(Default)]
pub struct Opening {
    open: Mutex<bool>,
    changed: Condvar,
}

impl Opening {
    /// Returns when it is open.
    pub fn wait(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            // Lets go of the lock and sleeps, in one step; has it again when it returns.
            open = self.changed.wait(open).unwrap();
        }
    }

    /// Opens it.
    pub fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.changed.notify_all();
    }
}
// ANCHOR_END: opening

// Wrong on purpose: the flag can change between the look and the sleep.
// ANCHOR: outside
/// Closed at first, then open for good.
#[derive(Default)]
pub struct FlagOutside {
    open: AtomicBool,
    door: Mutex<()>,
    changed: Condvar,
}

impl FlagOutside {
    /// Returns when it is open.
    pub fn wait(&self) {
        let mut door = self.door.lock().unwrap();
        while !self.open.load(Ordering::SeqCst) {
            door = self.changed.wait(door).unwrap();
        }
    }

    /// Opens it.
    pub fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
        self.changed.notify_all();
    }
}
// ANCHOR_END: outside

/// A visitor comes while it opens.
pub fn one_visitor() {
    let opening = Arc::new(FlagOutside::default());
    let visitor = {
        let opening = opening.clone();
        thread::spawn(move || opening.wait())
    };
    opening.open();
    visitor.join().unwrap();
}
