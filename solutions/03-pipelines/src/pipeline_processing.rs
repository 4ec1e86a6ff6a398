//! # `pipeline-processing`: a multi-stage data pipeline
//!
//! - Results come in source order. At most `workers` calls of a stage run at once, and that many while items wait and
//!   there is room; all stages work at the same time.
//! - Items taken less items delivered are at most (`buffer` + 2) and (`buffer` + `workers` + 1) for every stage.
//! - `run` returns the error of the item earliest in the source as soon as it is known. A panic becomes its own.
//! - No call and no task is left when `run` returns or panics; soon after a drop, nothing is left at all.

use std::collections::VecDeque;
use std::future::{Future, ready};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;

use futures::StreamExt;
use futures::future::Either;
use futures::stream::FuturesOrdered;
use tokio::select;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A source of items and the stages they go through; yields items of type `T`, or fails with an `E`.
pub struct Pipeline<T, E> {
    buffer: usize,
    /// Starts the tasks. Until `run` calls it there are none, so a pipeline that is never run has nothing to clean up.
    start: Start<T, E>,
}

/// Starts the tasks and returns the output of the last one.
type Start<T, E> = Box<dyn FnOnce(&mut JoinSet<()>) -> Output<T, E> + Send>;

/// What goes from stage to stage. An error travels in the place of its item: only so can nobody overtake it, and the
/// first one to arrive is the earliest in the source. A second channel for errors would deliver whichever is fastest.
type Output<T, E> = mpsc::Receiver<Result<T, E>>;

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    /// A pipeline without stages. `buffer` is how many items may wait after the source and after each stage.
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let buffer = buffer.get();
        let items = items.into_iter();
        let start = move |tasks: &mut JoinSet<()>| {
            let (sender, output) = mpsc::channel(buffer);
            tasks.spawn(async move {
                for item in items {
                    if sender.send(Ok(item)).await.is_err() {
                        return;
                    }
                }
            });
            output
        };
        Self { buffer, start: Box::new(start) }
    }

    /// Adds a stage: every item is given to `f`, at most `workers` of them at once.
    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Self { buffer, start } = self;
        let start = move |tasks: &mut JoinSet<()>| {
            let input = start(tasks);
            let (sender, output) = mpsc::channel(buffer);
            tasks.spawn(work(input, workers.get(), f, sender));
            output
        };
        Pipeline { buffer, start: Box::new(start) }
    }

    /// Runs the pipeline to its end and returns all results, or the earliest error.
    ///
    /// # Errors
    ///
    /// The error of the earliest item that failed.
    pub async fn run(self) -> Result<Vec<T>, E> {
        // A set and not a list of handles: if this future is dropped, so is the set, and that cancels its tasks.
        let mut tasks = JoinSet::new();
        let mut output = (self.start)(&mut tasks);
        let mut results = Vec::new();
        // Results are read while the stages work. Joining the tasks first would wait for stages that wait for us.
        while let Some(result) = output.recv().await {
            match result {
                Ok(result) => results.push(result),
                Err(error) => {
                    // `shutdown` also waits for the end of the tasks that it cancels. Dropping the set would not.
                    tasks.shutdown().await;
                    return Err(error);
                }
            }
        }
        // An output also ends if its task has panicked. Without this, half a result would look like a whole one.
        while let Some(outcome) = tasks.join_next().await {
            if let Err(error) = outcome {
                tasks.shutdown().await;
                resume_unwind(error.into_panic());
            }
        }
        Ok(results)
    }
}

/// One stage. All its calls live in this task, so whatever ends the task ends them; tasks of their own would each have
/// to be tracked down when the pipeline stops.
async fn work<T, R, E, F, Fut>(mut input: Output<T, E>, workers: usize, f: F, output: mpsc::Sender<Result<R, E>>)
where
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    let mut calls = FuturesOrdered::new();
    let mut done = VecDeque::new();
    let mut more = true;
    loop {
        // `buffered(workers)` with a `send` in the loop behind it would be shorter, but calls make progress only while
        // they are polled, and nobody would poll them during that `send`. Here, waiting for an item, waiting for the
        // calls and waiting for room are one and the same wait. Each of the three may be given up without loss.
        select! {
            item = input.recv(), if more && calls.len() + done.len() < workers => match item {
                Some(Ok(item)) => calls.push_back(Either::Left(f(item))),
                Some(Err(error)) => {
                    // It waits for its turn like any result. What comes after it is of no interest.
                    calls.push_back(Either::Right(ready(Err(error))));
                    more = false;
                }
                None => more = false,
            },
            Some(result) = calls.next(), if !calls.is_empty() => done.push_back(result),
            room = output.reserve(), if !done.is_empty() => match (room, done.pop_front()) {
                (Ok(room), Some(result)) => room.send(result),
                _ => return,
            },
            else => return,
        }
    }
}
