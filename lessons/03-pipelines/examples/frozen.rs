//! Three requests for documents of one, two and three pages, 100 ms a page; each document is then saved, which takes
//! 400 ms. When do the pages arrive?
//!
//! `cargo run -q -p lesson-03-pipelines --example frozen`

use std::io::{self, Write};
use std::time::Duration;

use lesson_03_pipelines::frozen::{Request, frozen, requests, spawned};
use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::step::Step;

async fn run(name: &str, program: impl AsyncFn(Vec<Request>, Step)) {
    let journal = Journal::drawing(Duration::from_millis(25));
    program(requests(3, &journal), Step::new("save", 400, &journal)).await;
    let _ = writeln!(io::stdout(), "{name}\n{journal}all saved after {} ms\n", journal.total());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    run("futures in the buffer", frozen).await;
    run("tasks in the buffer", spawned).await;
}
