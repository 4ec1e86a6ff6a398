//! d: a gate that opens once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn wait(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.opened.wait(open).unwrap();
        }
    }

    fn wait_after_a_look(&self) {
        let is_open = *self.open.lock().unwrap();
        if !is_open {
            let open = self.open.lock().unwrap();
            drop(self.opened.wait(open).unwrap());
        }
    }

    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

#[derive(Default)]
struct FlagGate {
    open: AtomicBool,
    lock: Mutex<()>,
    opened: Condvar,
}

impl FlagGate {
    fn wait(&self) {
        let mut guard = self.lock.lock().unwrap();
        while !self.open.load(Ordering::SeqCst) {
            guard = self.opened.wait(guard).unwrap();
        }
    }

    fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
        self.opened.notify_all();
    }
}

fn one_waits<G: Default + Send + Sync + 'static>(wait: fn(&G), open: fn(&G)) {
    let gate = Arc::new(G::default());
    let waiter = {
        let gate = gate.clone();
        thread::spawn(move || wait(&gate))
    };
    open(&gate);
    waiter.join().unwrap();
}

pub(super) fn good() {
    one_waits(Gate::wait, Gate::open);
}

pub(super) fn bad1() {
    one_waits(Gate::wait_after_a_look, Gate::open);
}

pub(super) fn bad2() {
    one_waits(FlagGate::wait, FlagGate::open);
}
