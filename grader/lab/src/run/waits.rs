//! Where tasks wait.
//!
//! The test's own future is polled once more with a waker that notes who clones it ([`witness`]); that works
//! everywhere. A spawned task is polled by the runtime with the runtime's waker, so only the runtime can say
//! where it waits: tokio's task dump, which exists on Linux and behind `tokio_unstable`.

#[cfg(all(target_os = "linux", feature = "taskdump", tokio_unstable))]
mod dump;
#[cfg(not(all(target_os = "linux", feature = "taskdump", tokio_unstable)))]
mod dump {
    //! Nobody knows where spawned tasks wait.

    pub async fn of_tasks() -> Vec<super::Waiting> {
        Vec::new()
    }
}
mod witness;

pub use dump::of_tasks;

use std::task::{Context, Waker};

use protocol::{Party, Waiting};

use super::body::Body;
use super::frames::Stack;
use super::threads;

/// The most waits listed for one task; a `select!` or `join!` has several.
const BRANCHES: usize = 4;

/// Where everybody waits: the body, the tasks it spawned, and threads other than the calling one.
pub async fn of_everybody(body: &mut Body) -> Vec<Waiting> {
    let mut waits = body.waits().await;
    waits.extend(of_tasks().await);
    waits.extend(threads::whereabouts_of_others());
    waits
}

/// Where the test's future waits. `poll` polls it with the context it is given, which forwards to `waker`.
pub fn of_test(waker: &Waker, poll: impl FnOnce(&mut Context<'_>)) -> Vec<Waiting> {
    let stacks = witness::stacks_of_clones(waker, poll);
    distinct(stacks.iter().map(|stack| Stack::read(stack).waiting(Party::Test, false)))
}

/// A primitive may be built from several, all of them awaited in the same place.
fn distinct(all: impl Iterator<Item = Waiting>) -> Vec<Waiting> {
    let mut seen: Vec<Waiting> = Vec::new();
    for waiting in all {
        if seen.len() < BRANCHES && !seen.contains(&waiting) {
            seen.push(waiting);
        }
    }
    seen
}
