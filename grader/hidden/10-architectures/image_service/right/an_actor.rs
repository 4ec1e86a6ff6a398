//! right: One task owns the queue and the running calls; callers and stoppers send it messages.

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
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
pub struct ImageService(mpsc::UnboundedSender<Message>);

type Answer = oneshot::Sender<Result<Thumbnail, ServiceError>>;

enum Message {
    Process(ImageJob, Answer),
    Stop(oneshot::Sender<()>),
}

impl ImageService {
    pub fn start<F>(workers: NonZeroUsize, queue: usize, render: F) -> Self
    where
        F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
    {
        let (sender, messages) = mpsc::unbounded_channel();
        tokio::spawn(own(workers.get(), queue, Arc::new(render), messages));
        Self(sender)
    }

    pub async fn process(&self, job: ImageJob) -> Result<Thumbnail, ServiceError> {
        let (answer, answered) = oneshot::channel();
        let _ = self.0.send(Message::Process(job, answer));
        answered.await.unwrap_or(Err(ServiceError::Stopped))
    }

    pub async fn stop(&self) {
        let (tell, told) = oneshot::channel();
        let _ = self.0.send(Message::Stop(tell));
        let _ = told.await;
    }
}

async fn own<F>(workers: usize, queue: usize, render: Arc<F>, mut messages: mpsc::UnboundedReceiver<Message>)
where
    F: Fn(&ImageJob) -> Result<Thumbnail, String> + Send + Sync + 'static,
{
    let mut waiting: VecDeque<(ImageJob, Answer)> = VecDeque::new();
    let mut running = JoinSet::new();
    let mut stoppers = Vec::new();
    let (mut open, mut stopped) = (true, false);
    loop {
        while running.len() < workers
            && let Some((job, answer)) = waiting.pop_front()
        {
            if answer.is_closed() {
                continue;
            }
            let render = render.clone();
            running.spawn(async move {
                let outcome = spawn_blocking(move || render(&job)).await;
                let _ = answer.send(match outcome {
                    Ok(outcome) => outcome.map_err(ServiceError::Failed),
                    Err(error) => Err(ServiceError::Failed(text_of(error.into_panic()))),
                });
            });
        }
        if stopped && running.is_empty() {
            return;
        }
        tokio::select! {
            Some(_) = running.join_next() => {}
            message = messages.recv(), if open => match message {
                Some(Message::Process(_, answer)) if stopped => drop(answer.send(Err(ServiceError::Stopped))),
                Some(Message::Process(job, answer)) => {
                    waiting.retain(|(_, answer)| !answer.is_closed());
                    if waiting.len() + running.len() < workers + queue {
                        waiting.push_back((job, answer));
                    } else {
                        drop(answer.send(Err(ServiceError::Busy)));
                    }
                }
                Some(Message::Stop(tell)) => {
                    stopped = true;
                    stoppers.push(tell);
                }
                None => (open, stopped) = (false, true),
            },
        }
    }
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"a panic without text").to_string(),
    }
}
