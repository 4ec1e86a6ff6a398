//! verdict: failed
//! only on: unix
//! does: closes both outputs and gives a wrong answer.

unsafe extern "C" {
    fn close(descriptor: i32) -> i32;
}

pub fn answer() -> u32 {
    // SAFETY: nothing is written to either afterwards.
    unsafe {
        close(1);
        close(2);
    }
    41
}
