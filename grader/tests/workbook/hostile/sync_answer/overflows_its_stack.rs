//! verdict: crashed
//! does: calls itself until the stack is used up.

use std::hint::black_box;

pub fn answer() -> u32 {
    below(1)
}

fn below(depth: u32) -> u32 {
    let frame = black_box([depth; 256]);
    below(frame[0] + 1) + frame[1]
}
