//! # `thread-pool`: a fixed number of threads, one queue, jobs as closures
//!
//! ```rust,ignore
//! let pool = ThreadPool::new(NonZeroUsize::new(4).unwrap());
//! for page in book {
//!     pool.execute(move || print(page)); // comes back at once
//! }
//! let report = pool.join(); // every page has been printed, or its job has panicked
//! println!("{} pages, {} failures", report.completed, report.panicked);
//! ```
//!
//! # The contract
//!
//! - **Workers.** Exactly `workers` jobs run at once when enough are queued: that many jobs can wait for each
//!   other, and a further one starts as soon as one of them has ended, not earlier. That holds for any number of
//!   workers, also for more than the machine has cores, and also after the pool has stood idle.
//! - **Threads.** Jobs run on threads of the pool. How many it has depends on `workers` (a thread or two to look
//!   after the others are fine), never on how many jobs are queued.
//! - **Queue.** There is one queue, first in, first out: whichever worker becomes free takes the job that has waited
//!   longest. With one worker the jobs therefore run in the order of the `execute` calls.
//! - **`execute`** never blocks, whatever the workers do and however many jobs are queued.
//! - **Panic.** A job that panics, with whatever payload, is counted, and that is all that happens: its thread goes
//!   on, or a new one takes over. After more panics than workers still exactly `workers` jobs run at once.
//! - **`join`** runs everything that is queued, and then returns. `completed` counts the jobs that returned,
//!   `panicked` those that panicked; together they are the number of `execute` calls. All threads of the pool,
//!   not only all jobs, have ended when it returns. Without jobs it returns at once.
//! - **Drop.** Dropping the pool without `join` waits, too: until the running jobs have ended, and all threads of the
//!   pool with them. Jobs still in the queue may be run or thrown away, as you like, but none starts afterwards. The
//!   pool is never dropped by one of its own jobs.
//!
//! A job cannot be cancelled; it is not even asked.

use std::num::NonZeroUsize;

/// What became of the jobs of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    /// Jobs that returned.
    pub completed: usize,
    /// Jobs that panicked.
    pub panicked: usize,
}

/// A fixed number of threads that take jobs from one queue.
pub struct ThreadPool {
    // own the ends: which end of the queue is the pool's, which is the workers'?
}

impl ThreadPool {
    /// A pool of that many workers, ready for jobs.
    pub fn new(workers: NonZeroUsize) -> Self {
        // bound: the threads are started here
        // run: take a job, let go of the queue, run the job; survive it
        todo!("start {workers} threads that take jobs from one queue")
    }

    /// Puts a job into the queue and returns at once.
    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let _ = job;
        todo!("put the job at the end of the queue")
    }

    /// Runs everything that is queued, ends the threads and says what became of the jobs.
    pub fn join(self) -> PoolReport {
        // stop: how does a worker learn that no further job will ever come?
        // collect
        todo!("wait until the queue is empty and every thread has ended")
    }
}

// stop: what happens to the threads of a pool that nobody joins?
