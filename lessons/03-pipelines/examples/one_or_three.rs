//! Six numbers through three steps of 20, 60 and 20 ms, in one loop, in three stages, and as a stream: predict how long
//! each takes, then run it. The clock is a virtual one.
//!
//! `cargo run -q -p lesson-03-pipelines --example one_or_three`

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::numbers::{one_loop, three_stages};
use lesson_03_pipelines::step::Steps;
use lesson_03_pipelines::streams::chained;

async fn run(name: &str, pipeline: impl AsyncFn(u64, Steps) -> Vec<u64>) {
    let journal = Journal::drawing(Duration::from_millis(10));
    let kept = pipeline(6, Steps::taking([20, 60, 20], &journal)).await;
    let _ = writeln!(io::stdout(), "{name}\n{journal}{kept:?} in {} ms\n", journal.total());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    run("one loop", one_loop).await;
    run("three stages", async |last, steps| three_stages(last, steps, NonZeroUsize::MIN).await).await;
    run("a stream", chained).await;
}
