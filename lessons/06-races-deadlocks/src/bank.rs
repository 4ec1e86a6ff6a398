//! Two accounts with a lock each, and transfers in both directions.

use std::sync::Mutex;
use std::thread;

// ANCHOR: transfer
/// Moves `amount` from one account to the other. Both are locked: nobody sees half of it.
pub fn transfer(from: &Mutex<i64>, to: &Mutex<i64>, amount: i64) {
    let mut from = from.lock().unwrap();
    let mut to = to.lock().unwrap();
    *from -= amount;
    *to += amount;
}
// ANCHOR_END: transfer

// ANCHOR: there_and_back
/// One transfer there, and one back at the same time.
pub fn there_and_back() {
    let (current, savings) = (Mutex::new(100), Mutex::new(100));
    thread::scope(|scope| {
        scope.spawn(|| transfer(&current, &savings, 10));
        transfer(&savings, &current, 30);
    });
    assert_eq!((current.into_inner().unwrap(), savings.into_inner().unwrap()), (120, 80));
}
// ANCHOR_END: there_and_back
