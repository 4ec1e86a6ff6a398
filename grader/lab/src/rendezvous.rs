//! A meeting that takes place only if everybody is there at the same time (T5).

use crate::awaited::{Awaited, awaiting};
use crate::gate::Gate;

/// `parties` jobs wait for each other; a program that runs them one by one never gets past the first.
/// Clones are the same meeting.
#[derive(Clone)]
pub struct Rendezvous(Gate);

impl Rendezvous {
    /// A meeting of `parties` jobs. `what` completes the sentence "expected 4 …": `calls at the same time`.
    /// Hold the second value while the test waits for the meeting: if it can never take place, the test fails
    /// with that sentence.
    pub fn of(parties: usize, what: &str) -> (Self, Awaited) {
        let gate = Gate::opening_at(parties);
        let counted = gate.clone();
        let awaited = awaiting(format!("{parties} {what}"), move || counted.arrived().to_string());
        (Self(gate), awaited)
    }

    /// A job on a thread arrives and waits for the others.
    pub fn meet_blocking(&self) {
        self.0.pass_blocking();
    }

    /// A job in a task arrives and waits for the others.
    pub async fn meet(&self) {
        self.0.pass().await;
    }

    /// How many have come so far.
    pub fn arrived(&self) -> usize {
        self.0.arrived()
    }
}
