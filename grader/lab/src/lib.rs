//! What hidden tests are written with.
//!
//! A hidden test is a function whose doc comment is the sentence of the contract it enforces:
//!
//! ```ignore
//! /// At most `workers` handlers run at once.
//! #[lab::test(rejects(M15, M91), read = "A bounded queue is a brake")]
//! async fn never_more_handlers_at_once_than_workers() {
//!     let journal = Journal::new();
//!     let pool = WorkerPool::start(config(2, 8), journal.worker(ms(10)));
//!     …
//!     journal.expect_at_most(2, "handlers");
//! }
//! ```
//!
//! Every test runs in a process of its own, so that what is global here (the panic hook, the list of what a
//! test waits for, the journal that gets drawn) is global to one test. No tool in this crate sleeps in real
//! time to give other code a chance; see [`quiescence`] for how threads are waited for instead.
//!
//! | Tool | Module | Proves |
//! |---|---|---|
//! | T1 paused clock, T2 settle | [`clock`] | exact schedules; "by now everything that can happen has happened" |
//! | T3 gate | [`gate`] | who is inside at this instant |
//! | T4 gauge, T8 journal | [`journal`] | limits kept and reached; order; timing; and the picture of it |
//! | T5 rendezvous | [`rendezvous`] | true overlap |
//! | T6 drop counter | [`drops`] | futures really gone, nothing lost, nothing dropped twice |
//! | T7 census | [`census`] | no task and no thread left behind |
//! | T9 watchdogs | [`run`] | a hang is a verdict, known at once where the platform allows |
//! | T11 cancel sweep | [`cancel`] | cancel safety at every await point |
//! | T14 re-entrant callback | [`interlude`] | races with no await point between their halves |
//! | T15 compile-time checks | [`bounds`] | `Send`, `Sync` |
//! | T16 panic injection | [`panics`] | isolation, no hang |
//! | T18 heartbeat, thread id | [`heartbeat`] | blocking work is off the async threads |

// The attribute expands to `::lab::…`; inside this crate's own tests that name must exist, too.
extern crate self as lab;

pub mod awaited;
pub mod bounds;
pub mod cancel;
pub mod census;
pub mod clock;
pub mod drops;
pub mod expect;
pub mod gate;
pub mod heartbeat;
pub mod interlude;
pub mod journal;
pub mod panics;
pub mod quiescence;
pub mod registry;
pub mod rendezvous;
pub mod run;

pub use inventory;
pub use lab_macros::test;

/// Everything a hidden test usually needs.
pub mod prelude {
    pub use crate::bounds::{is_send, is_sync};
    pub use crate::cancel::{cancel_after, polls_to_finish};
    pub use crate::clock::{elapsed_ms, ms, settle};
    pub use crate::drops::{Counted, DropCounter};
    pub use crate::expect::{expect, expect_eq, fail};
    pub use crate::gate::Gate;
    pub use crate::heartbeat::Heartbeat;
    pub use crate::interlude::Interlude;
    pub use crate::journal::{Journal, Span};
    pub use crate::quiescence::quiesce;
    pub use crate::rendezvous::Rendezvous;
    pub use crate::{census, panics};
}
