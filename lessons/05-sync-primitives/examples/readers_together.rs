//! Four readers and a writer, 100 ms each, with a mutex and with a read-write lock.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example readers_together`

use std::sync::{Mutex, RwLock};
use std::thread;
use std::time::Duration;

use lesson_05_sync_primitives::journal::Journal;

const STAY: Duration = Duration::from_millis(100);
/// Makes the order of arrival certain.
const APART: Duration = Duration::from_millis(10);

fn main() {
    println!("Mutex");
    let lock = Mutex::new(());
    visit(|stay| stay(&lock.lock().unwrap()), |stay| stay(&lock.lock().unwrap()));

    println!("\nRwLock");
    let lock = RwLock::new(());
    visit(|stay| stay(&lock.read().unwrap()), |stay| stay(&lock.write().unwrap()));
}

/// Two readers come, then a writer, then two more readers.
fn visit(read: impl Fn(&dyn Fn(&())) + Sync, write: impl Fn(&dyn Fn(&())) + Sync) {
    let journal = Journal::aloud();
    thread::scope(|scope| {
        for (place, who) in ["reader 1", "reader 2", "writer", "reader 3", "reader 4"].into_iter().enumerate() {
            let (read, write, journal) = (&read, &write, &journal);
            scope.spawn(move || {
                let waiting = std::cell::Cell::new(Some(journal.waits(who)));
                let stay = |_: &()| {
                    drop(waiting.take());
                    let _inside = journal.works(who, "has the lock");
                    thread::sleep(STAY);
                };
                if who == "writer" { write(&stay) } else { read(&stay) }
            });
            if place < 4 {
                thread::sleep(APART);
            }
        }
    });
    print!("{journal}");
}
