//! caught by: join_leaves_no_task_and_no_handler (failed)
//! idea: When the last result is there, everything is over, and the workers will notice.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use tokio::sync::{Notify, oneshot};

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
    /// Accepted and not done yet.
    open: usize,
}

impl<J, R> Shared<J, R> {
    async fn take(&self) -> Option<(J, oneshot::Sender<R>)> {
        loop {
            let filled = self.filled.notified();
            {
                let mut state = self.state.lock().unwrap();
                if let Some(next) = state.queue.pop_front() {
                    self.emptied.notify_waiters();
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
        let state = Mutex::new(State { queue: VecDeque::new(), closed: false, open: 0 });
        let shared = Arc::new(Shared { state, filled: Notify::new(), emptied: Notify::new() });
        let handler = Arc::new(handler);
        for _ in 0..config.workers.get() {
            let (shared, handler) = (shared.clone(), handler.clone());
            tokio::spawn(async move {
                while let Some((job, reply)) = shared.take().await {
                    let outcome = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
                    if let Ok(result) = outcome {
                        let _ = reply.send(result);
                    }
                    shared.state.lock().unwrap().open -= 1;
                    shared.emptied.notify_waiters();
                }
            });
        }
        Self { shared, room: config.queue.get() }
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
                    state.open += 1;
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
        self.shared.emptied.notify_waiters();
    }

    pub async fn join(self) {
        self.close();
        loop {
            let emptied = self.shared.emptied.notified();
            if self.shared.state.lock().unwrap().open == 0 {
                break;
            }
            emptied.await;
        }
    }
}

impl<J, R> Drop for WorkerPool<J, R> {
    fn drop(&mut self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.filled.notify_waiters();
    }
}
