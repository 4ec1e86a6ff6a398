//! right: A `VecDeque`, numbers and a flag under one lock; a thread of its own for each running job, which takes the next when it has ended.

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::{oneshot, watch};

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
pub struct ImageService(Arc<Shared>);

type Request = (ImageJob, oneshot::Sender<Result<Thumbnail, ServiceError>>);

struct Shared {
    render: Box<dyn Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync>,
    workers: usize,
    queue: usize,
    state: Mutex<State>,
    ended: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Request>,
    running: usize,
    stopped: bool,
}

impl ImageService {
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        Self(Arc::new(Shared {
            render: Box::new(render),
            workers: workers.get(),
            queue,
            state: Mutex::default(),
            ended: watch::Sender::new(false),
        }))
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let (answer, answered) = oneshot::channel();
        {
            let mut state = self.0.state.lock().unwrap();
            if state.stopped {
                return Err(ServiceError::Stopped);
            }
            if state.running < self.0.workers {
                state.running += 1;
                let shared = self.0.clone();
                thread::spawn(move || shared.work((job, answer)));
            } else {
                state.waiting.retain(|(_, answer)| !answer.is_closed());
                if state.waiting.len() >= self.0.queue {
                    return Err(ServiceError::Busy);
                }
                // The latest first: the contract leaves the order open.
                state.waiting.push_front((job, answer));
            }
        }
        answered.await.expect("every accepted job is answered")
    }

    pub async fn stop(&self) {
        {
            let mut state = self.0.state.lock().unwrap();
            state.stopped = true;
            if state.running == 0 {
                self.0.ended.send_replace(true);
            }
        }
        let _ = self.0.ended.subscribe().wait_for(|ended| *ended).await;
    }
}

impl Shared {
    fn work(&self, first: Request) {
        let mut next = Some(first);
        while let Some((job, answer)) = next {
            let outcome = match catch_unwind(AssertUnwindSafe(|| (self.render)(&job))) {
                Ok(outcome) => outcome.map_err(ServiceError::Failed),
                Err(payload) => Err(ServiceError::Failed(text_of(payload))),
            };
            let mut state = self.state.lock().unwrap();
            next = state.waiting.pop_front();
            if next.is_none() {
                state.running -= 1;
            }
            let ended = state.stopped && state.running == 0;
            drop(state);
            let _ = answer.send(outcome);
            if ended {
                self.ended.send_replace(true);
            }
        }
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
