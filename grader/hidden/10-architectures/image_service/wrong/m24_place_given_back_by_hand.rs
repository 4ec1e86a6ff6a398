//! caught by: panics_cost_no_worker_and_no_place (failed)
//! idea: The place is given back when `render` has returned.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;

#[derive(Debug, Clone)]
pub struct ImageJob {
    pub id: u64,
    pub filename: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    pub id: u64,
    pub size: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub enum ServiceError {
    Busy,
    Stopped,
    Failed(String),
}

#[derive(Clone)]
pub struct ImageService {
    render: Arc<dyn Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync>,
    inside: Arc<AtomicUsize>,
    room: usize,
    stopped: Arc<AtomicBool>,
    desks: Arc<Semaphore>,
    accepted: TaskTracker,
}

impl ImageService {
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        Self {
            render: Arc::new(render),
            inside: Arc::default(),
            room: workers.get() + queue,
            stopped: Arc::default(),
            desks: Arc::new(Semaphore::new(workers.get())),
            accepted: TaskTracker::new(),
        }
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let token = self.accepted.token();
        if self.stopped.load(Ordering::SeqCst) {
            return Err(ServiceError::Stopped);
        }
        let entered = self
            .inside
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| (count < self.room).then_some(count + 1));
        if entered.is_err() {
            return Err(ServiceError::Busy);
        }
        let desk = self.desks.clone().acquire_owned().await.unwrap();
        let inside = self.inside.clone();
        let render = self.render.clone();
        let call = spawn_blocking(move || {
            let _held = (token, desk);
            let outcome = render(&job);
            inside.fetch_sub(1, Ordering::SeqCst);
            outcome
        });
        match call.await {
            Ok(Ok(thumbnail)) => Ok(thumbnail),
            Ok(Err(message)) => Err(ServiceError::Failed(message)),
            Err(error) => Err(ServiceError::Failed(text_of(error.into_panic()))),
        }
    }

    pub async fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.accepted.close();
        self.accepted.wait().await;
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
