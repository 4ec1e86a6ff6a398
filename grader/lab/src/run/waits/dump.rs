//! Where spawned tasks wait, as tokio's task dump has it.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use protocol::{Party, Waiting};
use tokio::runtime::Handle;
use tokio::runtime::dump::{Backtrace, Task};

use super::distinct;
use crate::run::frames::Stack;

/// The most tasks that are told of; a thousand that wait for the same thing are one story.
const TOLD: usize = 100;

/// Where every spawned task waits, in order of creation.
pub async fn of_tasks() -> Vec<Waiting> {
    // The dump polls all tasks. Tokio's own futures know what for; others may wake each other in the midst of it,
    // which tokio answers with a panic.
    let dump = async { Handle::current().dump().await };
    let Ok(dump) = AssertUnwindSafe(dump).catch_unwind().await else { return Vec::new() };
    let mut tasks: Vec<&Task> = dump.tasks().iter().collect();
    tasks.sort_by_key(|task| task.id().to_string().parse().unwrap_or(u64::MAX));
    let tasks = tasks.into_iter().map(stacks).filter(|stacks| !stacks.iter().any(Stack::is_labs_own));
    (1..).map(Party::Task).zip(tasks.take(TOLD)).flat_map(|(party, stacks)| waits(party, &stacks)).collect()
}

/// One stack for every future of tokio's that the task is waiting for.
fn stacks(task: &Task) -> Vec<Stack> {
    let addresses = |trace: &Backtrace| trace.frames().map(|frame| frame.ip() as usize).collect::<Vec<_>>();
    task.trace().resolve_backtraces().iter().map(|trace| Stack::read(&addresses(trace))).collect()
}

/// A task that waits for nothing of tokio's, such as a future of another library or a `JoinSet`, is told of without
/// a place.
fn waits(party: Party, stacks: &[Stack]) -> Vec<Waiting> {
    if stacks.is_empty() {
        return vec![Waiting { party, learner: None, test: None, on: None }];
    }
    distinct(stacks.iter().map(|stack| stack.waiting(party, false)))
}
