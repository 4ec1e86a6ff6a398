//! Hidden tests as real processes, asked over the real channel: what does the lab make of programs that pass, fail,
//! hang and leak?
//!
//! The programs are in `tests/subject`. Where tasks wait is known only with the feature `taskdump` and
//! `--cfg tokio_unstable`, as in the bench; these tests hold with both and without:
//!
//! ```text
//! RUSTFLAGS="--cfg tokio_unstable" cargo test -p lab --features taskdump --target-dir target/unstable
//! ```

// Elsewhere nobody shows a process its own threads, so a deadline is waited for and nothing is said of places.
#[cfg(target_os = "linux")]
mod hangs;
#[cfg(target_os = "linux")]
mod leaks;
mod process;
mod promises;
mod tools;
