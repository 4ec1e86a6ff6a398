//! caught by: an_idle_service_stops (failed)
//! idea: The last job to end wakes whoever waits in `stop`.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Notify, Semaphore, TryAcquireError};
use tokio::task::spawn_blocking;

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
    all_ended: Arc<Notify>,
    room: usize,
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
            all_ended: Arc::default(),
            room: workers.get() + queue,
        }
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let place = match self.places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(TryAcquireError::NoPermits) => return Err(ServiceError::Busy),
            Err(TryAcquireError::Closed) => return Err(ServiceError::Stopped),
        };
        let desk = self.desks.clone().acquire_owned().await.unwrap();
        let render = self.render.clone();
        let last = LastOne { places: self.places.clone(), room: self.room, all_ended: self.all_ended.clone() };
        let call = spawn_blocking(move || {
            // Dropped in this order.
            let _held = (place, desk, last);
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
        self.all_ended.notified().await;
        self.all_ended.notify_one();
    }
}

struct LastOne {
    places: Arc<Semaphore>,
    room: usize,
    all_ended: Arc<Notify>,
}

impl Drop for LastOne {
    fn drop(&mut self) {
        if self.places.is_closed() && self.places.available_permits() == self.room {
            self.all_ended.notify_one();
        }
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
