//! One booking panics. How many of 1024 accounts are served afterwards?
//!
//! `cargo run -q -p lesson-10-architectures --example bad_booking`

use std::io::{self, Write};
use std::panic;
use std::time::Duration;

use lesson_10_architectures::banks::{Bank, OneLock, Shards, Teller};
use lesson_10_architectures::load::{ACCOUNTS, served_after_a_panic};

fn main() {
    // Three panics are expected here, and their messages would be in the way.
    panic::set_hook(Box::new(|_| {}));
    let banks: [(&str, Box<dyn Bank>); 3] = [
        ("one lock", Box::new(OneLock::new(ACCOUNTS, Duration::ZERO))),
        ("16 shards", Box::new(Shards::new(ACCOUNTS, 16, Duration::ZERO))),
        ("one owner", Box::new(Teller::new(ACCOUNTS, Duration::ZERO))),
    ];
    for (name, bank) in banks {
        let served = served_after_a_panic(&*bank);
        let _ = writeln!(io::stdout(), "{name:<10}{served:>5} of {ACCOUNTS} accounts are served");
    }
}
