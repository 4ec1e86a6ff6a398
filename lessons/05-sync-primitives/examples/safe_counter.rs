//! A counter for four threads, in three versions: as in Go, as Rust likes it, and wrong.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example safe_counter`

use std::thread;
use std::time::Instant;

use lesson_05_sync_primitives::counter::{AtomicCounter, SafeCounter, TwoInstructions};

const THREADS: u64 = 4;
const EACH: u64 = 250_000;

fn main() {
    println!("{THREADS} threads count to {EACH} each: {}", THREADS * EACH);

    let counter = SafeCounter::default();
    count("as in Go: a lock", || counter.increment(), || counter.value());

    let counter = AtomicCounter::default();
    count("as Rust likes it: an atomic", || counter.increment(), || counter.value());

    let counter = TwoInstructions::default();
    count("wrong: a load and a store", || counter.increment(), || counter.value());
}

fn count(version: &str, increment: impl Fn() + Sync, value: impl Fn() -> u64) {
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| (0..EACH).for_each(|_| increment()));
        }
    });
    println!("{:>5} ms  {version:<28} {:>8}", started.elapsed().as_millis(), value());
}
