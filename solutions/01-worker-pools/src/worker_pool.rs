//! # `worker-pool`: a configurable pool of async workers
//!
//! - At most `workers` handlers run at once, and that many when enough work is there. Jobs start in the order in which
//!   they were accepted.
//! - Back-pressure: with all workers busy, at least `queue` and at most `queue + 1` further `submit`s return; the next
//!   one waits.
//! - Every job has a receiver of its own. A dropped receiver harms nobody; a job that panics, when the handler is
//!   called or in its future, closes its receiver and costs the pool nothing.
//! - From `close` on `submit` gives the job back; queued jobs still run. `join` closes, waits for all accepted jobs
//!   and leaves no task and no handler. A pool or a `join` that is dropped finishes or cancels what was accepted.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard};

use futures::FutureExt;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// How a [`WorkerPool`] is set up.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// How many handlers may run at once.
    pub workers: NonZeroUsize,
    /// How many jobs may wait for a worker.
    pub queue: NonZeroUsize,
}

/// The pool is closed; here is the job back.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

/// A job, and where its result goes. The two travel together, so no result can reach the wrong asker: a results
/// channel shared by all workers would need numbers, a table of askers and somebody who reads it all the time.
type Request<J, R> = (J, oneshot::Sender<R>);

/// Runs jobs of type `J` on a fixed number of workers; each gives an `R`.
pub struct WorkerPool<J, R> {
    /// The only sender that outlives a `submit`; `None` once the pool is closed. A flag beside the sender would be a
    /// second truth, and the workers would have to be told about it: the end of the channel tells them by itself, and
    /// only after the last job in it.
    queue: Mutex<Option<mpsc::Sender<Request<J, R>>>>,
    /// A set and not a list of handles: dropped, whether with the pool or with a `join` half-way, it cancels its
    /// tasks. Dropped handles would let them go.
    workers: JoinSet<()>,
}

impl<J, R> WorkerPool<J, R>
where
    J: Send + 'static,
    R: Send + 'static,
{
    /// Starts a pool that runs `handler` on every job.
    pub fn start<F, Fut>(config: PoolConfig, handler: F) -> Self
    where
        F: Fn(J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = R> + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel(config.queue.get());
        // Tokio's mutex: its guard has to live across the `.await` of `recv`, and those who wait for it must not
        // block the thread. A dispatcher task with a semaphore does as well, but holds one more job in its hand.
        let receiver = Arc::new(tokio::sync::Mutex::new(receiver));
        let handler = Arc::new(handler);
        let workers = (0..config.workers.get()).map(|_| work(receiver.clone(), handler.clone())).collect();
        Self { queue: Mutex::new(Some(sender)), workers }
    }

    /// Hands in a job as soon as there is room for it. The receiver yields its result.
    ///
    /// # Errors
    ///
    /// [`Closed`] gives the job back if the pool was closed.
    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        // A clone of the sender, so that nobody waits while holding the lock. It keeps the channel open until this
        // call ends: a `submit` that waits while the pool is closed still gets in.
        let Some(sender) = self.queue().clone() else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        match sender.send((job, reply)).await {
            Ok(()) => Ok(result),
            Err(mpsc::error::SendError((job, _))) => Err(Closed(job)),
        }
    }

    /// Accepts no more jobs. Those accepted still run.
    pub fn close(&self) {
        // Not `Receiver::close` in a worker that has been told to: until it has its turn, `submit` would go on
        // accepting.
        self.queue().take();
    }

    /// Closes the pool and returns when every accepted job has run and nothing of the pool is left.
    pub async fn join(mut self) {
        self.close();
        // Not `shutdown`, which cancels. A worker does not panic, so there is nothing to learn from how it ended.
        while self.workers.join_next().await.is_some() {}
    }

    fn queue(&self) -> MutexGuard<'_, Option<mpsc::Sender<Request<J, R>>>> {
        self.queue.lock().expect("nothing panics while it holds this lock")
    }
}

/// One worker: job after job, until the queue is empty and nobody can add to it.
async fn work<J, R, F, Fut>(queue: Arc<tokio::sync::Mutex<mpsc::Receiver<Request<J, R>>>>, handler: Arc<F>)
where
    F: Fn(J) -> Fut,
    Fut: Future<Output = R>,
{
    loop {
        // The guard is gone at this semicolon. In the head of a `while let` it would live as long as the body, and
        // one worker would work while the others wait for the lock.
        let next = queue.lock().await.recv().await;
        let Some((job, reply)) = next else { return };
        let serve = async {
            let result = handler(job).await;
            // An asker who has gone away is no reason to stop.
            let _ = reply.send(result);
        };
        // The call of the handler is inside, not only its future: both may panic. So is `reply`, which the panic
        // drops, and that closes the receiver.
        let _ = AssertUnwindSafe(serve).catch_unwind().await;
    }
}
