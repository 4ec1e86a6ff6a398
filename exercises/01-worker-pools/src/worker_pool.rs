//! # `worker-pool`: a configurable pool of async workers
//!
//! Jobs go in through a bounded queue, a fixed number of workers run an async handler on them, and every job has a
//! receiver of its own for its result.
//!
//! ```rust,ignore
//! let config = PoolConfig { workers: four, queue: sixteen }; // both `NonZeroUsize`
//! let pool = WorkerPool::start(config, |url: String| async move { download(&url).await });
//!
//! let page = pool.submit("https://www.rust-lang.org".to_owned()).await.expect("the pool is open");
//! let text = page.await.expect("the handler has not panicked");
//!
//! pool.join().await; // nothing accepted is left undone
//! ```
//!
//! # The contract
//!
//! `start` is called inside a tokio runtime. `J` and `R` are any types that are `Send + 'static`.
//!
//! Running jobs
//!
//! - **Limit.** At most `workers` handlers run at once, and that many when enough work is there: no job waits in
//!   the queue while a worker is idle, however slow the other jobs are. Handlers do not block, so they may share one
//!   task or have one each.
//! - **Order.** Jobs start in the order in which they were accepted. A job is accepted when its `submit` returns
//!   `Ok`.
//! - **Results.** The receiver that `submit` returns yields the result of that job. Nobody has to read a result for
//!   the others to go on. A receiver may also be dropped: that harms nobody else, and whether its job still runs is
//!   up to you.
//! - **Panic.** A job may panic while the handler is called, or later in the future that it returned. Either way its
//!   receiver closes (awaiting it gives an error), and the pool keeps its strength: `workers` at once, as before.
//!
//! Back-pressure
//!
//! - **Queue.** With all workers busy, at least `queue` and at most `queue + 1` further `submit`s return (one job may
//!   be on its way from the queue to a worker). The next one waits, and goes on when a worker has become free.
//! - **Giving up.** A `submit` future dropped while it waits takes nothing with it but its own job.
//! - **Sharing.** `WorkerPool` is `Send + Sync`, the future of `submit` is `Send`: any number of tasks may submit to
//!   the same pool at the same time.
//!
//! The end
//!
//! - **Close.** From `close` on every new `submit` gives its job back in `Closed`. A `submit` that is already waiting
//!   may end either way, but it ends once the workers go on; if it ends with `Ok`, its job is a job like any other.
//!   Jobs in the queue still run. Closing twice is closing once.
//! - **Join.** `join` closes the pool and waits for all accepted jobs, panicking ones included. When it returns, no
//!   task of the pool is alive, and the handler has been dropped.
//! - **Drop.** When the pool is dropped, or the future of `join` half-way, accepted jobs are finished or cancelled,
//!   as you like; a cancelled job's receiver closes. No task stays for ever, no receiver waits for ever.

use std::future::Future;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

use tokio::sync::oneshot;

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

/// Runs jobs of type `J` on a fixed number of workers; each gives an `R`.
pub struct WorkerPool<J, R> {
    // own the ends: which end of the queue lives here, which with the workers, and what closes it?
    types: PhantomData<fn(J) -> R>,
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
        // bound
        // run
        let _ = (config, handler);
        todo!("make the queue, start the workers, and keep what `submit` and `join` need")
    }

    /// Hands in a job as soon as there is room for it. The receiver yields its result.
    ///
    /// # Errors
    ///
    /// [`Closed`] gives the job back if the pool was closed.
    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        // collect: where does the result of this one job go?
        let _ = (self.types, job);
        todo!("wait for room in the queue, hand the job in, and return the receiver of its result")
    }

    /// Accepts no more jobs. Those accepted still run.
    pub fn close(&self) {
        todo!("from here on, `submit` gives its job back")
    }

    /// Closes the pool and returns when every accepted job has run and nothing of the pool is left.
    pub async fn join(self) {
        // stop
        todo!("close, let the workers finish the queue, and wait until they are gone")
    }
}
