//! verdict: deadlocked
//! does: reads a channel to its end, and keeps a sender alive itself.

use std::sync::mpsc;

pub fn answer() -> u32 {
    let (sender, receiver) = mpsc::channel();
    sender.send(42).unwrap();
    receiver.iter().sum()
}
