//! A hundred thousand numbers through three steps that take no time at all: what do the stages cost? The clock is the
//! real one.
//!
//! `cargo run -q -p lesson-03-pipelines --example what_it_costs --release`

use std::hint::black_box;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::time::Instant;

use tokio::sync::mpsc;

const LAST: u64 = 100_000;

/// A stage without a journal: nothing but the channel and the arithmetic.
fn stage(
    mut input: mpsc::Receiver<u64>,
    room: NonZeroUsize,
    step: impl Fn(u64) -> Option<u64> + Send + 'static,
) -> mpsc::Receiver<u64> {
    let (output, results) = mpsc::channel(room.get());
    tokio::spawn(async move {
        while let Some(number) = input.recv().await {
            if let Some(result) = step(number)
                && output.send(result).await.is_err()
            {
                return;
            }
        }
    });
    results
}

async fn three_stages(room: NonZeroUsize) -> u64 {
    let (output, numbers) = mpsc::channel(room.get());
    tokio::spawn(async move {
        for number in 1..=LAST {
            if output.send(number).await.is_err() {
                return;
            }
        }
    });
    let squares = stage(numbers, room, |number| Some(number * number));
    let mut kept = stage(squares, room, |square| (square % 2 == 0).then_some(square));
    let mut sum = 0;
    while let Some(square) = kept.recv().await {
        sum += square;
    }
    sum
}

fn say(name: &str, started: Instant, sum: u64) {
    let elapsed = started.elapsed().as_secs_f64() * 1000.0;
    let _ = writeln!(io::stdout(), "{name:<28}{elapsed:>9.2} ms   the sum is {sum}");
}

#[tokio::main]
async fn main() {
    let started = Instant::now();
    let sum = (1..=black_box(LAST)).map(|number| number * number).filter(|square| square % 2 == 0).sum();
    say("one loop", started, sum);
    for room in [1, 100] {
        let Some(room) = NonZeroUsize::new(room) else { continue };
        let started = Instant::now();
        let sum = three_stages(room).await;
        say(&format!("three stages, {room} in between"), started, sum);
    }
}
