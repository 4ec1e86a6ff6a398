//! caught by: each_caller_gets_its_own_answer (failed)
//! idea: One channel of results serves all callers: each takes one out for the job it put in.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::mpsc;

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
    jobs: Arc<Mutex<Option<SyncSender<ImageJob>>>>,
    answers: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<Result<Thumbnail, ServiceError>>>>,
    gone: Arc<tokio::sync::Mutex<mpsc::Receiver<()>>>,
}

impl ImageService {
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        let (jobs, waiting) = sync_channel::<ImageJob>(queue);
        let (answer, answers) = mpsc::unbounded_channel();
        let (here, gone) = mpsc::channel(1);
        let (waiting, render) = (Arc::new(Mutex::new(waiting)), Arc::new(render));
        for _ in 0..workers.get() {
            let (waiting, render, here, answer) = (waiting.clone(), render.clone(), here.clone(), answer.clone());
            thread::spawn(move || {
                let _here = here;
                loop {
                    let next = waiting.lock().unwrap().recv();
                    let Ok(job) = next else { break };
                    let outcome = match catch_unwind(AssertUnwindSafe(|| render(&job))) {
                        Ok(outcome) => outcome.map_err(ServiceError::Failed),
                        Err(payload) => Err(ServiceError::Failed(text_of(payload))),
                    };
                    let _ = answer.send(outcome);
                }
            });
        }
        Self {
            jobs: Arc::new(Mutex::new(Some(jobs))),
            answers: Arc::new(tokio::sync::Mutex::new(answers)),
            gone: Arc::new(tokio::sync::Mutex::new(gone)),
        }
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        match &*self.jobs.lock().unwrap() {
            None => return Err(ServiceError::Stopped),
            Some(jobs) => match jobs.try_send(job) {
                Ok(()) => {}
                Err(TrySendError::Full(_)) => return Err(ServiceError::Busy),
                Err(TrySendError::Disconnected(_)) => return Err(ServiceError::Stopped),
            },
        }
        self.answers.lock().await.recv().await.unwrap_or(Err(ServiceError::Stopped))
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
