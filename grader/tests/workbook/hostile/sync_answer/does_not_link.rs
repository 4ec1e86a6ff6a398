//! verdict: does_not_compile
//! only on: unix
//! does: calls a function that no library has.

unsafe extern "C" {
    fn the_function_that_no_library_has() -> u32;
}

pub fn answer() -> u32 {
    // SAFETY: it is never called: the program does not link.
    unsafe { the_function_that_no_library_has() }
}
