//! right: a queue of its own (`VecDeque`, `Notify`); skips jobs that nobody waits for; a panic ends the worker, which is replaced.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, oneshot, watch};

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

struct State<J, R> {
    jobs: VecDeque<(J, oneshot::Sender<R>)>,
    closed: bool,
}

struct Shared<J, R> {
    state: Mutex<State<J, R>>,
    changed: Notify,
}

impl<J, R> Shared<J, R> {
    /// Waits until `look` finds what it looks for.
    async fn wait<T>(&self, mut look: impl FnMut(&mut State<J, R>) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(found) = look(&mut self.state.lock().unwrap()) {
                return found;
            }
            changed.await;
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State<J, R>) -> T) -> T {
        let out = change(&mut self.state.lock().unwrap());
        self.changed.notify_waiters();
        out
    }
}

/// Starts another worker if its own ends in a panic.
struct Worker<J: Send + 'static, R: Send + 'static, F, Fut>
where
    F: Fn(J) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
{
    shared: Arc<Shared<J, R>>,
    handler: Arc<F>,
    alive: watch::Sender<()>,
}

impl<J: Send + 'static, R: Send + 'static, F, Fut> Worker<J, R, F, Fut>
where
    F: Fn(J) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
{
    async fn work(self) {
        loop {
            let next = self.shared.wait(|state| match state.jobs.pop_front() {
                Some(job) => Some(Some(job)),
                None if state.closed => Some(None),
                None => None,
            });
            let Some((job, reply)) = next.await else { return };
            self.shared.changed.notify_waiters();
            if reply.is_closed() {
                continue;
            }
            let _ = reply.send((self.handler)(job).await);
        }
    }
}

impl<J: Send + 'static, R: Send + 'static, F, Fut> Drop for Worker<J, R, F, Fut>
where
    F: Fn(J) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
{
    fn drop(&mut self) {
        if std::thread::panicking() {
            let (shared, handler, alive) = (self.shared.clone(), self.handler.clone(), self.alive.clone());
            tokio::spawn(Worker { shared, handler, alive }.work());
        }
    }
}

pub struct WorkerPool<J, R> {
    shared: Arc<Shared<J, R>>,
    room: usize,
    ended: watch::Receiver<()>,
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
        let state = Mutex::new(State { jobs: VecDeque::new(), closed: false });
        let shared = Arc::new(Shared { state, changed: Notify::new() });
        let handler = Arc::new(handler);
        let (alive, ended) = watch::channel(());
        for _ in 0..config.workers.get() {
            let worker = Worker { shared: shared.clone(), handler: handler.clone(), alive: alive.clone() };
            tokio::spawn(worker.work());
        }
        Self { shared, room: config.queue.get(), ended }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let (reply, result) = oneshot::channel();
        let mut job = Some((job, reply));
        let outcome = self
            .shared
            .wait(|state| {
                if state.closed {
                    return Some(Err(Closed(job.take()?.0)));
                }
                (state.jobs.len() < self.room).then(|| state.jobs.extend(job.take())).map(Ok)
            })
            .await;
        self.shared.changed.notify_waiters();
        outcome.map(|()| result)
    }

    pub fn close(&self) {
        self.shared.change(|state| state.closed = true);
    }

    pub async fn join(self) {
        self.close();
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

impl<J, R> Drop for WorkerPool<J, R> {
    fn drop(&mut self) {
        self.shared.change(|state| state.closed = true);
    }
}
