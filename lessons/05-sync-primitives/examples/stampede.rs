//! Eight callers need an exchange rate, and nobody has it yet: with a lock, and with a cell.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example stampede`

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use lesson_05_sync_primitives::journal::{Going, Journal};
use lesson_05_sync_primitives::rates::{Rate, Stampede};
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("a lock around the rate");
    let rate = Arc::new(Stampede::default());
    let callers = eight(|caller| {
        let rate = rate.clone();
        async move { rate.get(caller.fetch()).await }
    });
    print!("{}", callers.await);

    println!("\na cell for the rate");
    let rate = Arc::new(Rate::default());
    let callers = eight(|caller| {
        let rate = rate.clone();
        async move { rate.get(caller.fetch()).await }
    });
    print!("{}", callers.await);
}

/// Somebody who needs the rate, and waits until then.
struct Caller {
    name: String,
    journal: Journal,
    waiting: Cell<Option<Going>>,
}

impl Caller {
    /// The backend: slow, and glad about every call that it does not get.
    async fn fetch(self) -> u32 {
        drop(self.waiting.take());
        let _fetching = self.journal.works(&self.name, "fetches");
        sleep(Duration::from_millis(100)).await;
        117
    }
}

async fn eight<Get>(get: impl Fn(Caller) -> Get) -> Journal
where
    Get: Future<Output = u32> + Send + 'static,
{
    let journal = Journal::aloud();
    let mut callers = JoinSet::new();
    for caller in 1..=8 {
        let name = format!("caller {caller}");
        let waiting = Cell::new(Some(journal.waits(&name)));
        callers.spawn(get(Caller { name, journal: journal.clone(), waiting }));
    }
    callers.join_all().await;
    journal
}
