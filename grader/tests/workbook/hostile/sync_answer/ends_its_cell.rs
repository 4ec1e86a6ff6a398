//! verdict: crashed
//! only on: linux
//! does: kills the process that watches it, and goes on for ever.

unsafe extern "C" {
    fn getppid() -> i32;
    fn kill(process: i32, signal: i32) -> i32;
}

/// Never returns.
pub fn answer() -> u32 {
    // SAFETY: the arguments are numbers.
    unsafe {
        kill(getppid(), 9);
    }
    loop {
        std::thread::park();
    }
}
