//! verdict: crashed
//! only on: unix
//! does: closes every file it has, and answers.

unsafe extern "C" {
    fn close(descriptor: i32) -> i32;
}

pub fn answer() -> u32 {
    for descriptor in 0..1024 {
        // SAFETY: unsound, and that is the point: whatever held the file must cope.
        unsafe { close(descriptor) };
    }
    42
}
