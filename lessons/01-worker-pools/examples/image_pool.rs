//! Sixteen images, a tenth of a second each, on four threads that share one queue.
//!
//! `cargo run -q -p lesson-01-worker-pools --example image_pool -- --workers 8`

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use lesson_01_worker_pools::images::{process, sample};
use lesson_01_worker_pools::journal::Journal;
use lesson_01_worker_pools::options;
use lesson_01_worker_pools::threads::process_images;

fn main() -> ExitCode {
    let workers = match options::workers(env::args().skip(1)) {
        Ok(workers) => workers,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    let journal = Journal::aloud();
    process_images(sample(16), workers, |worker, image| process(&journal, worker, image));
    let _ = write!(io::stdout(), "\n{journal}");
    ExitCode::SUCCESS
}
