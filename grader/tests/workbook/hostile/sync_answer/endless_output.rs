//! verdict: timed_out
//! does: prints for ever, to both outputs.

use std::io::{Write, stderr, stdout};

pub fn answer() -> u32 {
    let much = vec![b'x'; 64 * 1024];
    loop {
        let _ = stdout().write_all(&much);
        let _ = stderr().write_all(&much);
    }
}
