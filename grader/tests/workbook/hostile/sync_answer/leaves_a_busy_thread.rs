//! verdict: leaked
//! does: answers, and leaves a thread that is busy for ever.

use std::sync::mpsc;
use std::thread;

pub fn answer() -> u32 {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        sender.send(42).unwrap();
        loop {
            std::hint::spin_loop();
        }
    });
    receiver.recv().unwrap()
}
