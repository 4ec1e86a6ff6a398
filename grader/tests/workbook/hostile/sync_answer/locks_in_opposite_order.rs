//! verdict: deadlocked
//! does: lets two threads take two locks in opposite order, each the first before either the second.

use std::sync::{Barrier, Mutex};
use std::thread;

pub fn answer() -> u32 {
    let (left, right) = (Mutex::new(20), Mutex::new(22));
    let both_hold_one = Barrier::new(2);
    let add = |first: &Mutex<u32>, second: &Mutex<u32>| {
        let first = first.lock().unwrap();
        both_hold_one.wait();
        *first + *second.lock().unwrap()
    };
    thread::scope(|scope| {
        scope.spawn(|| add(&left, &right));
        scope.spawn(|| add(&right, &left)).join().unwrap()
    })
}
