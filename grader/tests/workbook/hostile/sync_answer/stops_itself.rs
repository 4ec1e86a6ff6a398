//! verdict: timed_out
//! only on: linux
//! does: stops its own process, as Ctrl-Z would.

unsafe extern "C" {
    fn raise(signal: i32) -> i32;
}

pub fn answer() -> u32 {
    // SAFETY: no preconditions. 19 is SIGSTOP.
    unsafe { raise(19) };
    42
}
