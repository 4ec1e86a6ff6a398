//! Is the runtime's thread free? (T18)

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

/// A task that takes a turn whenever it is asked to. While blocking work sits on the runtime's thread it gets
/// no turns. It costs nothing while nobody asks, so a runtime that only has a heartbeat is idle.
pub struct Heartbeat {
    asked: Arc<Semaphore>,
    beaten: Arc<AtomicUsize>,
    done: Arc<Semaphore>,
    task: AbortHandle,
}

impl Heartbeat {
    /// Starts the task; it ends when this value is dropped.
    ///
    /// # Panics
    ///
    /// Outside a runtime.
    pub fn start() -> Self {
        let asked = Arc::new(Semaphore::new(0));
        let beaten = Arc::new(AtomicUsize::new(0));
        let done = Arc::new(Semaphore::new(0));
        let beat = {
            let (asked, beaten, done) = (asked.clone(), beaten.clone(), done.clone());
            async move {
                while let Ok(permit) = asked.acquire().await {
                    permit.forget();
                    beaten.fetch_add(1, Ordering::SeqCst);
                    done.add_permits(1);
                    tokio::task::yield_now().await;
                }
            }
        };
        Self { asked, beaten, done, task: tokio::spawn(beat).abort_handle() }
    }

    /// Completes when the task has taken `count` more turns of its own.
    pub async fn beats(&self, count: u32) {
        self.asked.add_permits(count as usize);
        if let Ok(permits) = self.done.acquire_many(count).await {
            permits.forget();
        }
    }

    /// Turns taken so far.
    pub fn beaten(&self) -> usize {
        self.beaten.load(Ordering::SeqCst)
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}
