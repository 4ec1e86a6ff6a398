//! caught by: a_submit_waiting_at_close_comes_to_an_end (deadlocked)
//! idea: When the pool is closed, only the workers need to be told.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

struct Shared<J, R> {
    state: Mutex<State<J, R>>,
    filled: Notify,
    emptied: Notify,
}

struct State<J, R> {
    queue: VecDeque<(J, oneshot::Sender<R>)>,
    closed: bool,
}

impl<J, R> Shared<J, R> {
    async fn take(&self) -> Option<(J, oneshot::Sender<R>)> {
        loop {
            let filled = self.filled.notified();
            {
                let mut state = self.state.lock().unwrap();
                if let Some(next) = state.queue.pop_front() {
                    // Nobody submits to a closed pool.
                    if !state.closed {
                        self.emptied.notify_waiters();
                    }
                    return Some(next);
                }
                if state.closed {
                    return None;
                }
            }
            filled.await;
        }
    }
}

pub struct WorkerPool<J, R> {
    shared: Arc<Shared<J, R>>,
    room: usize,
    workers: JoinSet<()>,
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
        let state = Mutex::new(State { queue: VecDeque::new(), closed: false });
        let shared = Arc::new(Shared { state, filled: Notify::new(), emptied: Notify::new() });
        let handler = Arc::new(handler);
        let mut workers = JoinSet::new();
        for _ in 0..config.workers.get() {
            let (shared, handler) = (shared.clone(), handler.clone());
            workers.spawn(async move {
                while let Some((job, reply)) = shared.take().await {
                    let outcome = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
                    if let Ok(result) = outcome {
                        let _ = reply.send(result);
                    }
                }
            });
        }
        Self { shared, room: config.queue.get(), workers }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let (reply, result) = oneshot::channel();
        loop {
            let emptied = self.shared.emptied.notified();
            {
                let mut state = self.shared.state.lock().unwrap();
                if state.closed {
                    return Err(Closed(job));
                }
                if state.queue.len() < self.room {
                    state.queue.push_back((job, reply));
                    self.shared.filled.notify_waiters();
                    return Ok(result);
                }
            }
            emptied.await;
        }
    }

    pub fn close(&self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.filled.notify_waiters();
    }

    pub async fn join(mut self) {
        self.close();
        while self.workers.join_next().await.is_some() {}
    }
}
