//! What `model.rs` files are written with, as far as a story needs it.
//!
//! The grader's `lab` remembers the first broken promise of a process, since it runs one test in each. Here one process
//! runs several, and a broken promise is a panic whose text says what was expected and seen.

use std::fmt::{Debug, Display};
use std::panic::resume_unwind;
use std::time::Duration;

pub(crate) use ::inventory;
pub(crate) use interleave::may_stop;
use interleave::{Outcome, Search};
pub(crate) use lab_macros::model_test as test;

/// More than any of these schedules needs; the grader's own limit.
const MAX_EXECUTIONS: u64 = 10_000;

/// What `use lab::prelude::*` brings.
pub(crate) mod prelude {
    pub(crate) use super::{expect, expect_eq, fail, panics};
}

/// The tests, as `#[model::test]` registers them.
pub(crate) mod registry {
    use interleave::Outcome;

    /// How a test is run.
    pub(crate) enum Body {
        /// Under one schedule after the other.
        Explored(fn(&str) -> Outcome),
    }

    /// A test of some `model.rs`.
    #[expect(dead_code, reason = "the attribute sets all of them")]
    pub(crate) struct Test {
        pub(crate) name: &'static str,
        pub(crate) promise: &'static str,
        pub(crate) rejects: &'static [&'static str],
        pub(crate) read: &'static str,
        pub(crate) file: &'static str,
        pub(crate) line: u32,
        pub(crate) body: Body,
    }

    inventory::collect!(Test);

    /// The test of this name in the file whose path ends so.
    pub(crate) fn find(file: &str, name: &str) -> Option<&'static Test> {
        inventory::iter::<Test>().find(|test| test.name == name && test.file.replace('\\', "/").ends_with(file))
    }
}

/// What schedules may do, as the brackets of a test say.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) spurious: bool,
    pub(crate) early_timeouts: bool,
}

/// Runs `body` under schedule after schedule, until one fails.
pub(crate) fn explore(body: fn(), _promise: &str, options: Options) -> Outcome {
    let search = Search::new().max_executions(MAX_EXECUTIONS).max_time(Duration::MAX);
    search.spurious_wakeups(options.spurious).early_timeouts(options.early_timeouts).run(body)
}

/// Ends the test.
pub(crate) fn fail(expected: impl Display, seen: impl Display) -> ! {
    // Past the hook: the text says it all, and the place would be one in this file.
    resume_unwind(Box::new(format!("expected {expected}, seen {seen}")))
}

/// Ends the test unless `holds`.
pub(crate) fn expect(holds: bool, expected: impl Display, seen: impl Display) {
    if !holds {
        fail(expected, seen);
    }
}

/// Ends the test unless `seen` equals `expected`.
pub(crate) fn expect_eq<T: PartialEq<U> + Debug, U: Debug>(what: &str, expected: T, seen: U) {
    expect(expected == seen, format_args!("{what}: {expected:?}"), format_args!("{seen:?}"));
}

/// Panics that a test causes on purpose.
pub(crate) mod panics {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// Panics with this message.
    pub(crate) fn inject(message: &'static str) -> ! {
        panic!("{message}")
    }

    /// Runs `call`, and forgets what its panic said.
    pub(crate) fn catch<R>(call: impl FnOnce() -> R) -> Result<R, String> {
        catch_unwind(AssertUnwindSafe(call)).map_err(|_| "a panic".to_owned())
    }
}
