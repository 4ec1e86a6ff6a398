//! caught by: stop_lets_accepted_jobs_finish (failed)
//! idea: `abort` ends the running calls, and then no worker is left.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, TryAcquireError, oneshot};
use tokio::task::{JoinSet, spawn_blocking};

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
    calls: Arc<Mutex<JoinSet<()>>>,
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
            calls: Arc::default(),
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
        let (answer, answered) = oneshot::channel();
        let call = async move {
            let call = spawn_blocking(move || {
                let _held = (place, desk);
                render(&job)
            });
            let _ = answer.send(call.await);
        };
        self.calls.lock().unwrap().spawn(call);
        let Ok(answer) = answered.await else { return Err(ServiceError::Stopped) };
        match answer {
            Ok(Ok(thumbnail)) => Ok(thumbnail),
            Ok(Err(message)) => Err(ServiceError::Failed(message)),
            Err(error) => Err(ServiceError::Failed(text_of(error.into_panic()))),
        }
    }

    pub async fn stop(&self) {
        self.places.close();
        let mut calls = std::mem::take(&mut *self.calls.lock().unwrap());
        calls.shutdown().await;
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
