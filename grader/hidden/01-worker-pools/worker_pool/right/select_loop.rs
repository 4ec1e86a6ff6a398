//! right: one task with a `select!` loop over the mailbox and a `FuturesUnordered`; it answers every `submit` itself.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

/// A job that asks to be let in. The answer is the receiver, or the job.
struct Request<J, R> {
    job: J,
    answer: oneshot::Sender<Result<oneshot::Receiver<R>, J>>,
    closed: bool,
}

pub struct WorkerPool<J, R> {
    mailbox: mpsc::UnboundedSender<Request<J, R>>,
    closed: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl<J, R> WorkerPool<J, R>
where
    J: Send + 'static,
    R: Send + 'static,
{
    pub fn start<F, Fut>(config: PoolConfig, handler: F) -> Self
    where
        F: Fn(J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = R> + Send + 'static,
    {
        let (mailbox, mut requests) = mpsc::unbounded_channel::<Request<J, R>>();
        let task = tokio::spawn(async move {
            let handler = &handler;
            let mut outside: VecDeque<Request<J, R>> = VecDeque::new();
            let mut queue: VecDeque<(J, oneshot::Sender<R>)> = VecDeque::new();
            let mut running = FuturesUnordered::new();
            let mut open = true;
            loop {
                loop {
                    while running.len() < config.workers.get() && !queue.is_empty() {
                        let (job, reply) = queue.pop_front().unwrap();
                        running.push(AssertUnwindSafe(async move { reply.send(handler(job).await) }).catch_unwind());
                    }
                    if queue.len() == config.queue.get() {
                        break;
                    }
                    let Some(request) = outside.pop_front() else { break };
                    if request.closed {
                        let _ = request.answer.send(Err(request.job));
                        continue;
                    }
                    let (reply, result) = oneshot::channel();
                    // Whoever gave up has not been let in.
                    if request.answer.send(Ok(result)).is_ok() {
                        queue.push_back((request.job, reply));
                    }
                }
                if !open && running.is_empty() && queue.is_empty() && outside.is_empty() {
                    return;
                }
                tokio::select! {
                    request = requests.recv(), if open => match request {
                        Some(request) => outside.push_back(request),
                        None => open = false,
                    },
                    Some(_) = running.next(), if !running.is_empty() => {}
                }
            }
        });
        Self { mailbox, closed: Arc::default(), task }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let (answer, answered) = oneshot::channel();
        let request = Request { job, answer, closed: self.closed.load(Ordering::SeqCst) };
        self.mailbox.send(request).map_err(|error| Closed(error.0.job))?;
        answered.await.expect("the task answers everybody").map_err(Closed)
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub async fn join(self) {
        drop(self.mailbox);
        let _ = self.task.await;
    }
}
