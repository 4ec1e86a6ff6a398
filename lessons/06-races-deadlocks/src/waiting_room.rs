//! People in a waiting room, and a guard in the head of an `if let`.

use std::collections::VecDeque;
use std::sync::Mutex;

// ANCHOR: head
/// A waiting room. The one who has waited longest is called first.
#[derive(Default)]
pub struct WaitingRoom {
    waiting: Mutex<VecDeque<u32>>,
}

impl WaitingRoom {
    /// Somebody comes in.
    pub fn enter(&self, number: u32) {
        self.waiting.lock().unwrap().push_back(number);
    }

    /// Calls the first. Whoever is not ready goes to the end of the line.
    pub fn call(&self, is_ready: impl Fn(u32) -> bool) -> Option<u32> {
        if let Some(number) = self.waiting.lock().unwrap().pop_front() {
            if is_ready(number) {
                return Some(number);
            }
            self.enter(number);
        }
        None
    }
}
// ANCHOR_END: head

// ANCHOR: statement
impl WaitingRoom {
    /// Calls the first. Whoever is not ready goes to the end of the line.
    pub fn call_from_a_statement(&self, is_ready: impl Fn(u32) -> bool) -> Option<u32> {
        // The guard ends with this statement, and what came out of it is ours.
        let first = self.waiting.lock().unwrap().pop_front();
        let number = first?;
        if is_ready(number) {
            return Some(number);
        }
        self.enter(number);
        None
    }
}
// ANCHOR_END: statement
