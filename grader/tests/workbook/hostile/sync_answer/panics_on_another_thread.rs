//! verdict: failed
//! does: answers, after a thread that nobody looks at has panicked.

use std::thread;

pub fn answer() -> u32 {
    let _ = thread::spawn(|| panic!("nobody will know")).join();
    42
}
