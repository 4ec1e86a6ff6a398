//! What an exercise's `model.rs` is written with: hidden tests that hold under every schedule.
//!
//! ```ignore
//! /// `init` runs at most once for a missing key, whoever comes first.
//! #[model::test(rejects(M55), read = "Check and act in one step")]
//! fn init_runs_once_whoever_comes_first() {
//!     let calls = AtomicUsize::new(0);
//!     let map = ConcurrentMap::new();
//!     thread::scope(|scope| {
//!         …
//!     });
//!     expect_eq("calls of `init`", 1, calls.into_inner());
//! }
//! ```
//!
//! The file is compiled in the model bench, where `std` is `std-model`; so its `std::thread` is the explored one, and
//! so is the learner's. A body is one execution; see [`interleave`] for what it may do and what a search claims. Of
//! the [`lab`] it may use what waits for nobody: `expect`, `DropCounter`, `panics`.
//!
//! In the brackets, besides what `#[lab::test]` knows: `spurious` lets waits end and weak exchanges fail for no
//! reason (three times at most), `early_timeouts` lets timeouts fire while somebody could still run.

//!
//! [`may_stop`] runs a call in which the thread may be stopped for good: for contracts in which nobody waits for anybody.
//! The body must not join such a thread.

mod answer;

use std::time::Duration;

use interleave::Search;
use protocol::{Answer, Explored};

pub use interleave::may_stop;
pub use lab_macros::model_test as test;

/// Schedules that are run at most. A limit in executions finds the same on every machine; each bug that an exercise
/// names is found within a tenth of it.
const MAX_EXECUTIONS: u64 = 10_000;
/// The learner's minute counts, also on a slow machine.
const MAX_TIME: Duration = Duration::from_secs(3);

/// What schedules may do, as the brackets say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Waits may end, and weak compare-exchanges fail, for no reason.
    pub spurious: bool,
    /// Timeouts may fire although somebody could still run.
    pub early_timeouts: bool,
}

/// Runs `body` under schedule after schedule and answers for all of them. `promise` is the sentence it enforces.
pub fn explore(body: fn(), promise: &str, options: Options) -> (Answer, Explored) {
    let search = Search::new()
        .max_executions(MAX_EXECUTIONS)
        .max_time(MAX_TIME)
        .spurious_wakeups(options.spurious)
        .early_timeouts(options.early_timeouts);
    let outcome = search.run(move || {
        body();
        // A promise that was broken in a callback whose panic the learner's code swallowed.
        lab::expect::insist();
    });
    answer::of(outcome, promise)
}
