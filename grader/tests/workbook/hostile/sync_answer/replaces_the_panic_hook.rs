//! verdict: failed
//! does: takes the panic hook away, so that its panic goes unseen.

use std::{panic, thread};

pub fn answer() -> u32 {
    panic::set_hook(Box::new(|_| {}));
    let _ = thread::spawn(|| panic!("nobody will know")).join();
    42
}
