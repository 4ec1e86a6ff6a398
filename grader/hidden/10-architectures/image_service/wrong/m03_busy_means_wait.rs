//! caught by: busy_when_workers_are_busy_and_the_queue_is_full (failed)
//! idea: Whoever finds the queue full waits until there is a place.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

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
    places: Arc<Semaphore>,
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
            places: Arc::new(Semaphore::new(workers.get() + queue)),
            desks: Arc::new(Semaphore::new(workers.get())),
            accepted: TaskTracker::new(),
        }
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let token = self.accepted.token();
        let place = match self.places.clone().acquire_owned().await {
            Ok(place) => place,
            Err(_) => return Err(ServiceError::Stopped),
        };
        let desk = self.desks.clone().acquire_owned().await.unwrap();
        let render = self.render.clone();
        let call = spawn_blocking(move || {
            let _held = (token, place, desk);
            render(&job)
        });
        match call.await {
            Ok(Ok(thumbnail)) => Ok(thumbnail),
            Ok(Err(message)) => Err(ServiceError::Failed(message)),
            Err(error) => Err(ServiceError::Failed(text_of(error.into_panic()))),
        }
    }

    pub async fn stop(&self) {
        self.places.close();
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
