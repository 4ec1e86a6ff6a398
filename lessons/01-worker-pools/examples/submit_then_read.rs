//! Sixteen images between two small queues, handed in by the same task that will read the results.
//! After two seconds this program says who waits for whom.
//!
//! `cargo run -q -p lesson-01-worker-pools --example submit_then_read`

use std::num::NonZeroUsize;
use std::pin::pin;
use std::time::Duration;

use lesson_01_worker_pools::images::sample;
use lesson_01_worker_pools::journal::Journal;
use lesson_01_worker_pools::mistakes::{TwoQueues, submit_then_read};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (workers, room) = (NonZeroUsize::MIN.saturating_add(3), NonZeroUsize::MIN.saturating_add(1));
    let journal = Journal::aloud();
    let TwoQueues { jobs, results, workers: _workers, watch } = TwoQueues::start(workers, room, &journal);

    // Pinned here, it is still alive, and still stuck, when time is up.
    let mut submitting = pin!(submit_then_read(sample(16), jobs, results));
    match timeout(Duration::from_secs(2), submitting.as_mut()).await {
        Ok(results) => println!("\n{} results, against all expectation", results.len()),
        Err(_) => println!("\nAfter two seconds:\n{}", watch.report()),
    }
}
