//! # `image-service`: CPU work with load shedding
//!
//! An `ImageService` renders thumbnails with a function that keeps a thread busy. It does a fixed number of them at
//! once, lets a fixed number wait, refuses what goes beyond, and can be stopped in order.
//!
//! ```rust,ignore
//! let service = ImageService::start(four, 16, |job| render(&job.filename));
//! match service.process(job).await {
//!     Ok(thumbnail) => show(thumbnail),
//!     Err(ServiceError::Busy) => println!("try again later"),
//!     Err(ServiceError::Stopped) => println!("closed for today"),
//!     Err(ServiceError::Failed(message)) => println!("this one cannot be rendered: {message}"),
//! }
//! service.stop().await;
//! ```
//!
//! # The contract
//!
//! - **Off the runtime.** `start` is called inside a tokio runtime. `render` never runs on a thread of it, and none of
//!   them waits for it: other tasks go on while every worker is busy, also on a runtime with a single thread.
//! - **At once.** At most `workers` calls of `render` go on at the same time, and `workers` of them when there are
//!   enough jobs. `render` is called once for each job that is carried out.
//! - **Busy.** `workers` jobs may run and `queue` jobs wait, exactly. A call beyond that returns `Busy` at once, and
//!   its job is never rendered. Short of that a call is accepted. (Only in the moments in which the workers get ready
//!   after `start`, a job passes from the queue to a worker, or a job ends, may a place still count as taken.) `queue`
//!   may be 0: then a call is accepted if it can start.
//! - **Answer.** Each caller gets the answer to its own job. In which order waiting jobs start is up to you.
//! - **Failed.** An error of `render` becomes `Failed` with its message; so does a panic, with its text, if the
//!   payload is a `&str` or a `String`, and any text otherwise. No other job is affected, and as many can run as
//!   before.
//! - **Gone callers.** A caller may drop its future. A job that has started runs to its end, because nothing can stop
//!   it, and occupies its worker until then. A job that waits need not be rendered any more; until a worker would have
//!   come to it, it may count as waiting. Nobody else is affected.
//! - **Stop.** Once `stop` has begun, on whatever clone, each new call returns `Stopped`, also where it would have
//!   been `Busy`. Jobs that were accepted are finished and answered as usual; nothing is thrown away. `stop` returns
//!   when they all have ended, those of gone callers included, and no worker is left.
//! - **Stop again.** `stop` may be called at any time and any number of times, also while another `stop` is waiting,
//!   and after the future of one was dropped: it always returns when all has ended, and not before.
//! - **End.** Only `stop` ends the service; one that is never stopped need not end.

use std::num::NonZeroUsize;

/// An image to make a thumbnail of.
#[derive(Debug, Clone)]
pub struct ImageJob {
    /// Which image.
    pub id: u64,
    /// Where it is.
    pub filename: String,
}

/// What becomes of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Which image.
    pub id: u64,
    /// Its size in bytes.
    pub size: u64,
}

/// Why there is no thumbnail.
#[derive(Debug, PartialEq, Eq)]
pub enum ServiceError {
    /// All workers are busy, and as many jobs wait as may.
    Busy,
    /// The service has been stopped.
    Stopped,
    /// This job failed; the text says why.
    Failed(String),
}

/// A service that renders thumbnails. Clones are the same service.
#[derive(Clone)]
pub struct ImageService {
    // own the ends · bound: one number says who may come in, another who may work
}

impl ImageService {
    /// Starts a service that calls `render` at most `workers` times at once and lets `queue` more jobs wait.
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        let _ = render;
        todo!("start a service of {workers} workers and a queue of {queue}")
    }

    /// Has the job done, if there is room for it, and returns its result.
    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        // bound: let it in, or refuse it, without waiting
        // run: who owns the place while the job waits, and while it runs, also if the caller goes away?
        todo!("render {}", job.filename)
    }

    /// Accepts no more jobs, and returns when all accepted ones have ended.
    pub async fn stop(&self) {
        // stop · collect
        todo!("refuse new jobs, let the accepted ones finish, and wait until no worker is left")
    }
}
