//! caught by: panics_cost_no_worker_and_no_place (failed)
//! idea: A panic only hurts its own job: the caller is told, because the answer is dropped.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::{mpsc, oneshot};

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
    jobs: Arc<Mutex<Option<SyncSender<Request>>>>,
    gone: Arc<tokio::sync::Mutex<mpsc::Receiver<()>>>,
}

type Request = (ImageJob, oneshot::Sender<Result<Thumbnail, ServiceError>>);

impl ImageService {
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        let (jobs, waiting) = sync_channel::<Request>(queue);
        let (here, gone) = mpsc::channel(1);
        let (waiting, render) = (Arc::new(Mutex::new(waiting)), Arc::new(render));
        for _ in 0..workers.get() {
            let (waiting, render, here) = (waiting.clone(), render.clone(), here.clone());
            thread::spawn(move || {
                let _here = here;
                loop {
                    let next = waiting.lock().unwrap().recv();
                    let Ok((job, answer)) = next else { break };
                    let outcome = render(&job).map_err(ServiceError::Failed);
                    let _ = answer.send(outcome);
                }
            });
        }
        Self { jobs: Arc::new(Mutex::new(Some(jobs))), gone: Arc::new(tokio::sync::Mutex::new(gone)) }
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let (answer, answered) = oneshot::channel();
        match &*self.jobs.lock().unwrap() {
            None => return Err(ServiceError::Stopped),
            Some(jobs) => match jobs.try_send((job, answer)) {
                Ok(()) => {}
                Err(TrySendError::Full(_)) => return Err(ServiceError::Busy),
                Err(TrySendError::Disconnected(_)) => return Err(ServiceError::Stopped),
            },
        }
        answered.await.unwrap_or(Err(ServiceError::Failed("the worker panicked".to_owned())))
    }

    pub async fn stop(&self) {
        self.jobs.lock().unwrap().take();
        // Nobody ever sends: this ends when the last worker has dropped its end.
        let _ = self.gone.lock().await.recv().await;
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
