//! `std` with scheduling points.
//!
//! A crate whose manifest says
//!
//! ```toml
//! [dependencies]
//! std = { package = "std-model", path = "…" }
//! ```
//!
//! and whose root says
//!
//! ```ignore
//! #[macro_use(thread_local)]
//! extern crate std;
//! ```
//!
//! gets this crate wherever its source says `std::…`, on stable Rust and without any change to the source. Inside
//! an exploration by [`interleave::Search`] its locks, channels, atomics, threads, thread-locals and clocks are
//! modelled; outside, threads are real and everything works as it does in std, only slower. What is not listed
//! below is std's own.
//!
//! # In
//!
//! Made from snippets that compile and run, see `cases/src/probes.rs`:
#![doc = include_str!("../MODELLED.md")]
//!
//! # How it behaves
//!
//! - A scheduling point stands before each operation, and before a guard, a `Sender` or a `Receiver` is dropped.
//!   Asking whether a lock is poisoned, `get_mut`, `into_inner`, cloning a sender and looking at a clock are none.
//! - Poisoning, disconnection, tokens of `park`, panics at `join`, leaders of barriers: as documented by std.
//! - `RwLock` lets no reader pass a waiting writer, as on Linux.
//! - Memory orders mean what they say: a load may find an old value, unless something that synchronises forbids it.
//!   See "Memory orders" in the documentation of [`interleave`]; what is left out there is left out here.
//! - Everything else that std promises to synchronise does, and some of it more than that: two readers of an
//!   `RwLock`, two senders, a `try_lock` that fails, a question whether a lock is poisoned or a thread has ended.
//! - `compare_exchange_weak` fails for no reason, and waits end for none, only if the search may do that.
//! - `RandomState` is not random, and `available_parallelism` is 2.
//! - Every execution begins at the same time of day.
//! - Statics: `OnceLock`, `LazyLock`, `Once` and thread-locals begin anew in each execution, locks are free,
//!   atomics have their first value again. What a `Mutex`, an `RwLock` or a channel in a static contains stays.
//!
//! # Out
//!
//! - `core::sync`, and `Arc`'s counts: no scheduling points, and nothing synchronises.
//! - Waiting for real: `futures::executor::block_on`, files, sockets, processes stop the whole exploration.
//! - `from_ptr` of atomics, whose layout is not that of their numbers:
//!
//! ```compile_fail
//! let mut number = 1_u32;
//! let _ = unsafe { std_model::sync::atomic::AtomicU32::from_ptr(&raw mut number) };
//! ```
//!
//! - Paths to methods that a hash map inherits from std's, `HashMap::len` for one; `|map| map.len()` works:
//!
//! ```compile_fail
//! let map = std_model::collections::HashMap::from([(1, 2)]);
//! let _ = Some(map).as_ref().map(std_model::collections::HashMap::len);
//! ```
//!
//! - Handing a modelled type to a library that asks for std's:
//!
//! ```compile_fail
//! let _: std::time::Instant = std_model::time::Instant::now();
//! ```
//!
//! - Traits of `std::os` for threads:
//!
//! ```compile_fail
//! use std::os::unix::thread::JoinHandleExt;
//! let _ = std_model::thread::spawn(|| ()).as_pthread_t();
//! ```
//!
//! - Whatever is unstable.

pub use ::std::*;

pub mod collections;
pub mod hash;
pub mod hint;
pub mod panic;
pub mod sync;
pub mod thread;
pub mod time;

#[doc(hidden)]
pub mod __private {
    pub use ::std::thread_local;
}
