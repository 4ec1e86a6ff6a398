//! verdict: deadlocked
//! does: locks a mutex while it holds its guard.

use std::sync::Mutex;

pub fn answer() -> u32 {
    let answer = Mutex::new(42);
    let first = answer.lock().unwrap();
    let second = answer.lock().unwrap();
    (*first).min(*second)
}
