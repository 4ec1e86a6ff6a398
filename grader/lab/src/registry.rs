//! The tests of this program: what `#[lab::test]` registers.

use std::future::Future;
use std::pin::Pin;

use protocol::{Answer, Explored, Listing, Place, TestInfo};

/// How a test's body wants to be run.
#[derive(Clone, Copy)]
pub enum Body {
    /// On a current-thread runtime whose clock moves only when every task waits.
    PausedClock(fn() -> Pin<Box<dyn Future<Output = ()>>>),
    /// On a current-thread runtime with the real clock: blocking work freezes a paused one.
    RealClock(fn() -> Pin<Box<dyn Future<Output = ()>>>),
    /// On the main thread, without a runtime.
    Threads(fn()),
    /// Under one schedule after the other. The function is given the promise, and answers for all of them.
    Explored(fn(&str) -> (Answer, Explored)),
}

/// One hidden test.
pub struct Test {
    /// The function's name.
    pub name: &'static str,
    /// The doc comment.
    pub promise: &'static str,
    /// Misconception ids.
    pub rejects: &'static [&'static str],
    /// The heading of the section to read.
    pub read: &'static str,
    /// The source file.
    pub file: &'static str,
    /// The line of the attribute.
    pub line: u32,
    /// What to run.
    pub body: Body,
}

inventory::collect!(Test);

/// The test of this name, if there is one.
pub fn find(name: &str) -> Option<&'static Test> {
    inventory::iter::<Test>().find(|test| test.name == name)
}

/// All tests of this program, in source order.
pub fn listing() -> Listing {
    let mut tests: Vec<&Test> = inventory::iter::<Test>().collect();
    tests.sort_by_key(|test| (test.file, test.line));
    let describe = |test: &&Test| TestInfo {
        name: test.name.to_owned(),
        promise: test.promise.to_owned(),
        rejects: test.rejects.iter().map(ToString::to_string).collect(),
        read: test.read.to_owned(),
        place: Place { file: test.file.to_owned(), line: test.line, column: None },
    };
    Listing { tests: tests.iter().map(describe).collect() }
}
