//! # `image-service`: CPU work with load shedding
//!
//! - `render` blocks, so it runs off the async threads; at most `workers` calls at once.
//! - `workers` jobs may run and `queue` jobs wait; a call beyond that returns `Busy` at once. `queue` may be 0.
//! - An error or a panic of `render` becomes `Failed(message)` and affects no other job.
//! - A caller may go away: a started job runs on and occupies its worker, a waiting one need not run.
//! - After `stop`, from whatever clone and however often, new calls return `Stopped`; accepted jobs finish and answer,
//!   and `stop` returns when no worker is left.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Semaphore, TryAcquireError};
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;

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
pub struct ImageService(Arc<Shared>);

type Render = dyn Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync;

struct Shared {
    render: Arc<Render>,
    /// Admission: one place for each job that runs or waits.
    places: Arc<Semaphore>,
    /// Execution: one desk for each job that runs. Two semaphores, because the questions are two: may I come in, which
    /// is answered at once, and may I begin, which is waited for. One semaphore of `workers` could only refuse
    /// everybody who has to wait, or nobody.
    desks: Arc<Semaphore>,
    /// Who is in the house.
    accepted: TaskTracker,
}

impl ImageService {
    /// Starts a service that calls `render` at most `workers` times at once and lets `queue` more jobs wait.
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        // A bounded channel in front of worker threads would do as well. Its capacity is not the number of places,
        // though, because a job that a worker has in hand is in the channel no more; and tokio's has no capacity 0.
        Self(Arc::new(Shared {
            render: Arc::new(render),
            places: Arc::new(Semaphore::new(workers.get().saturating_add(queue).min(Semaphore::MAX_PERMITS))),
            desks: Arc::new(Semaphore::new(workers.get().min(Semaphore::MAX_PERMITS))),
            accepted: TaskTracker::new(),
        }))
    }

    /// Has the job done, if there is room for it, and returns its result.
    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        // Signed in before the place is taken: `stop` closes the places first and then waits for those signed in, so it
        // cannot pass between our two steps.
        let signed_in = self.0.accepted.token();
        let place = match self.0.places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(TryAcquireError::NoPermits) => return Err(ServiceError::Busy),
            Err(TryAcquireError::Closed) => return Err(ServiceError::Stopped),
        };
        let (render, desks) = (self.0.render.clone(), self.0.desks.clone());
        // A task of its own, so that an accepted job does not depend on the caller: one that goes away, or forgets to
        // poll, would otherwise sit on a desk that it was given and does not use. There are never more of these tasks
        // than places.
        let work = tokio::spawn(async move {
            let desk = desks.acquire_owned().await.expect("nobody closes the desks");
            let call = spawn_blocking(move || {
                // All three go where the work is, and are given back when it has ended, also by a panic. Held out here
                // they would be free as soon as this task was, and the thread would still be busy.
                let _held = (desk, place, signed_in);
                render(&job)
            });
            call.await
        });
        match work.await.and_then(|outcome| outcome) {
            Ok(Ok(thumbnail)) => Ok(thumbnail),
            Ok(Err(message)) => Err(ServiceError::Failed(message)),
            Err(error) => Err(ServiceError::Failed(match error.try_into_panic() {
                Ok(payload) => text_of(payload.as_ref()),
                Err(error) => error.to_string(),
            })),
        }
    }

    /// Accepts no more jobs, and returns when all accepted ones have ended.
    pub async fn stop(&self) {
        // Only the places are closed: whoever is in already still gets a desk. Taking all desks instead would wait, but
        // it would stand in line with jobs that came in later. Handles to be joined would be gone after the first
        // `stop`, and a second one would not know what to wait for; a tracker can be asked by anybody, any number of
        // times.
        self.0.places.close();
        self.0.accepted.close();
        self.0.accepted.wait().await;
    }
}

/// What the panic said. `panic!` with a literal carries a `&str`, with arguments a `String`; `panic_any` carries
/// anything.
fn text_of(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without text".to_owned()
    }
}
