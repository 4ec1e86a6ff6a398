//! verdict: crashed
//! does: brings an allocator that never has any memory, so that the program breaks down before it begins.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr::null_mut;

struct Stingy;

// SAFETY: to fail is always allowed.
unsafe impl GlobalAlloc for Stingy {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Stingy = Stingy;

pub fn answer() -> u32 {
    42
}
