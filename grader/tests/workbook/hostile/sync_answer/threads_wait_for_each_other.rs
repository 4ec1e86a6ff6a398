//! verdict: deadlocked
//! does: lets two threads wait for each other's message.

use std::sync::mpsc;
use std::thread;

pub fn answer() -> u32 {
    let (to_other, from_here) = mpsc::channel();
    let (to_here, from_other) = mpsc::channel();
    let other = thread::spawn(move || {
        let half: u32 = from_here.recv().unwrap();
        to_here.send(half).unwrap();
    });
    let half = from_other.recv().unwrap();
    to_other.send(half).unwrap();
    other.join().unwrap();
    half * 2
}
