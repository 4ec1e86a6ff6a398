//! A database that is opened by whoever needs it first, in several versions, and with a first start that fails.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example lazy_database`

use std::panic;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::thread;
use std::time::Duration;

use lesson_05_sync_primitives::database::{DATABASE, Database, Lazy, get_database};
use lesson_05_sync_primitives::journal::Journal;

fn main() {
    // The panics below are part of the show: one line of the journal is enough for each.
    panic::set_hook(Box::new(|_| {}));
    let journal = Journal::aloud();

    println!("as in Go: a place, and a function that fills it");
    ask(&journal, || Ok(get_database()));
    println!("as Rust likes it: a value that says how it is made");
    ask(&journal, || Ok(&DATABASE));

    static STARTS: AtomicU32 = AtomicU32::new(0);
    println!("\nthe first start panics: OnceLock");
    let cell = OnceLock::new();
    ask(&journal, || Ok(cell.get_or_init(|| open(&STARTS).unwrap())));
    println!("the first start panics: LazyLock");
    STARTS.store(0, Ordering::SeqCst);
    static LAZY: LazyLock<Database> = LazyLock::new(|| open(&STARTS).unwrap());
    ask(&journal, || Ok(&LAZY));
    println!("the first start is an error: Lazy");
    STARTS.store(0, Ordering::SeqCst);
    let lazy = Lazy::default();
    ask(&journal, || lazy.get(|| open(&STARTS)));
}

/// Takes a while, and fails the first time.
fn open(starts: &AtomicU32) -> Result<Database, String> {
    thread::sleep(Duration::from_millis(100));
    match starts.fetch_add(1, Ordering::SeqCst) {
        0 => Err("no answer from localhost".to_string()),
        _ => Ok(Database::open("localhost")),
    }
}

/// Three callers, one after the other.
fn ask<'a>(journal: &Journal, get: impl Fn() -> Result<&'a Database, String>) {
    for caller in 1..=3 {
        let got = panic::catch_unwind(panic::AssertUnwindSafe(&get));
        let said = match got {
            Ok(Ok(database)) => format!("has a database on {}", database.address),
            Ok(Err(error)) => format!("has an error: {error}"),
            Err(_) => "panics".to_string(),
        };
        journal.note(&format!("caller {caller}"), &said);
    }
}
