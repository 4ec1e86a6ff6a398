//! Three scouts who stop when the queue is empty, a search that ends when nobody is under way, and one that counts doors
//! in the order of arrival. The clock is virtual.
//!
//! `cargo run -q -p lesson-10-architectures --example caves`

use std::io::{self, Write};
use std::sync::Arc;

use lesson_10_architectures::caves::{Map, explore, explore_until_empty, within};
use lesson_10_architectures::journal::Journal;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let journal = begin("three scouts, until the queue is empty");
    explore_until_empty(Arc::new(Map::three_corridors(&journal)), "entrance", 3).await;
    end(&journal);

    let journal = begin("until nobody is under way");
    explore(Arc::new(Map::three_corridors(&journal)), "entrance").await;
    end(&journal);

    let journal = begin("at most three doors away, first come");
    within(Arc::new(Map::two_ways(&journal)), "entrance", 3).await;
    end(&journal);
}

fn begin(what: &str) -> Journal {
    let _ = writeln!(io::stdout(), "{what}\n");
    Journal::aloud()
}

fn end(journal: &Journal) {
    let (rooms, total) = (journal.count(), journal.total().as_millis());
    let _ = writeln!(io::stdout(), "\n{journal}{rooms} rooms in {total} ms\n");
}
