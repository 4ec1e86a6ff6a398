//! verdict: leaked
//! does: whoever finds the lock taken leaves a thread behind that waits for ever.

use std::sync::{Mutex, mpsc};

#[derive(Default)]
pub struct SharedCount(Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        if self.0.try_lock().is_err() {
            let (sender, receiver) = mpsc::channel::<()>();
            std::mem::forget(sender);
            std::thread::spawn(move || receiver.recv());
        }
        *self.0.lock().unwrap() += 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}
