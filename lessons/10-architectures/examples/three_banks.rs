//! One lock, sixteen shards and one owner under the same three loads. Real threads and a real clock: your numbers will
//! differ. For numbers that mean something, let the compiler optimise.
//!
//! `cargo run -q --release -p lesson-10-architectures --example three_banks`

use std::io::{self, Write};
use std::time::Duration;

use lesson_10_architectures::banks::{Bank, OneLock, Shards, Teller};
use lesson_10_architectures::load::{ACCOUNTS, Measured, measure};

const CLIENTS: u64 = 16;
const SHARDS: usize = 16;
const TIME: Duration = Duration::from_secs(1);

fn main() {
    let millisecond = Duration::from_millis(1);
    run("a booking takes 1 ms, all accounts", millisecond, ACCOUNTS as u64);
    run("a booking takes 1 ms, one account", millisecond, 1);
    run("a booking takes no time, all accounts", Duration::ZERO, ACCOUNTS as u64);
}

/// All three banks under one load.
fn run(load: &str, takes: Duration, accounts: u64) {
    let _ = writeln!(io::stdout(), "{load}");
    let banks: [(&str, Box<dyn Bank>); 3] = [
        ("one lock", Box::new(OneLock::new(ACCOUNTS, takes))),
        ("16 shards", Box::new(Shards::new(ACCOUNTS, SHARDS, takes))),
        ("one owner", Box::new(Teller::new(ACCOUNTS, takes))),
    ];
    for (name, bank) in banks {
        let Measured { throughput, median, p99 } = measure(&*bank, CLIENTS, accounts, TIME);
        let (median, p99) = (median.as_secs_f64() * 1e6, p99.as_secs_f64() * 1e6);
        let _ = writeln!(
            io::stdout(),
            "  {name:<10}{throughput:>9} a second   median {median:>9.1} µs   p99 {p99:>9.1} µs"
        );
    }
}
