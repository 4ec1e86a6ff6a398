//! verdict: failed, or crashed if the message is too long to be read
//! does: panics with a message of 64 MiB.

pub fn answer() -> u32 {
    panic!("{}", "at length ".repeat((64 << 20) / 10))
}
