//! The same sixteen images on the same four threads, with one mistake: predict what the journal shows, then run it.
//!
//! `cargo run -q -p lesson-01-worker-pools --example pool_bug -- --workers 8`

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use lesson_01_worker_pools::images::{process, sample};
use lesson_01_worker_pools::journal::Journal;
use lesson_01_worker_pools::mistakes::obvious_pool;
use lesson_01_worker_pools::options;

fn main() -> ExitCode {
    let workers = match options::workers(env::args().skip(1)) {
        Ok(workers) => workers,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    let journal = Journal::aloud();
    obvious_pool(sample(16), workers, |worker, image| process(&journal, worker, image));
    let _ = write!(io::stdout(), "\n{journal}");
    ExitCode::SUCCESS
}
