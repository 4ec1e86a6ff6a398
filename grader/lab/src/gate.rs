//! A gate that jobs run into and the test opens (T3).

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::awaited::{Awaited, awaiting};

/// Jobs announce themselves at the gate and wait; the test sees who has arrived and lets them through.
///
/// Works for threads ([`pass_blocking`](Self::pass_blocking), [`wait_for`](Self::wait_for)) and for tasks
/// ([`pass`](Self::pass), [`arrivals`](Self::arrivals)), also mixed. Clones are the same gate.
#[derive(Clone)]
pub struct Gate(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed_for_threads: Condvar,
    changed_for_tasks: Notify,
}

#[derive(Default)]
struct State {
    arrived: usize,
    passed: usize,
    /// How many may pass in all; `usize::MAX` once open.
    admitted: usize,
    /// Opens by itself when this many have arrived.
    opens_at: Option<usize>,
}

impl State {
    fn arrive(&mut self) {
        self.arrived += 1;
        if self.opens_at.is_some_and(|count| self.arrived >= count) {
            self.admitted = usize::MAX;
        }
    }
}

impl Gate {
    /// A gate that lets nobody through yet.
    pub fn closed() -> Self {
        Self::from(State::default())
    }

    /// A gate that opens for good when `count` jobs stand before it.
    pub(crate) fn opening_at(count: usize) -> Self {
        Self::from(State { opens_at: Some(count), ..State::default() })
    }

    fn from(state: State) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            changed_for_threads: Condvar::new(),
            changed_for_tasks: Notify::new(),
        }))
    }

    /// A job on a thread arrives and waits to be let through.
    pub fn pass_blocking(&self) {
        let mut state = self.state();
        state.arrive();
        self.announce();
        while state.passed >= state.admitted {
            state = self.0.changed_for_threads.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.passed += 1;
    }

    /// A job in a task arrives and waits to be let through. Dropped while waiting, it has still arrived.
    pub async fn pass(&self) {
        self.state().arrive();
        self.announce();
        loop {
            let changed = self.0.changed_for_tasks.notified();
            {
                let mut state = self.state();
                if state.passed < state.admitted {
                    state.passed += 1;
                    return;
                }
            }
            changed.await;
        }
    }

    /// How many have arrived so far, those that passed included.
    pub fn arrived(&self) -> usize {
        self.state().arrived
    }

    /// How many stand at the gate right now, as far as they were not dropped.
    pub fn waiting(&self) -> usize {
        let state = self.state();
        state.arrived - state.passed
    }

    /// Opens the gate for good.
    pub fn open(&self) {
        self.state().admitted = usize::MAX;
        self.announce();
    }

    /// Lets `count` more jobs through.
    pub fn admit(&self, count: usize) {
        let mut state = self.state();
        state.admitted = state.admitted.saturating_add(count);
        drop(state);
        self.announce();
    }

    /// For a test on threads: blocks until `count` jobs have arrived in all. `what` completes the sentence
    /// "expected 4 …": `calls inside f at the same time`. If that can never happen, the test fails with it.
    pub fn wait_for(&self, count: usize, what: &str) {
        let _awaited = self.awaiting(count, what);
        let mut state = self.state();
        while state.arrived < count {
            state = self.0.changed_for_threads.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// For a test in a task: completes when `count` jobs have arrived in all. It counts as awaited from the
    /// call on, not only from the first poll. `what` as for [`wait_for`](Self::wait_for).
    pub fn arrivals(&self, count: usize, what: &str) -> impl Future<Output = ()> + use<> {
        let gate = self.clone();
        let awaited = self.awaiting(count, what);
        async move {
            let _awaited = awaited;
            loop {
                let changed = gate.0.changed_for_tasks.notified();
                if gate.arrived() >= count {
                    return;
                }
                changed.await;
            }
        }
    }

    fn awaiting(&self, count: usize, what: &str) -> Awaited {
        let gate = self.clone();
        awaiting(format!("{count} {what}"), move || gate.arrived().to_string())
    }

    fn announce(&self) {
        self.0.changed_for_threads.notify_all();
        self.0.changed_for_tasks.notify_waiters();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
