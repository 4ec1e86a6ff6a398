//! The same pool in tokio: a bounded queue, an answer for every job, an orderly end.

use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;

use crate::images::{ImageJob, ImageResult, process_in_task};
use crate::journal::Journal;

// ANCHOR: request
/// An image, and where the answer goes.
pub struct Request {
    image: ImageJob,
    reply: oneshot::Sender<ImageResult>,
}
// ANCHOR_END: request

// ANCHOR: next
/// The next request; `None` when the queue is empty and nobody can add to it any more.
async fn next<T>(queue: &Mutex<mpsc::Receiver<T>>) -> Option<T> {
    // The guard lives across an `.await`: that is what tokio's mutex is for.
    queue.lock().await.recv().await
}
// ANCHOR_END: next

// ANCHOR: worker
type Queue = Arc<Mutex<mpsc::Receiver<Request>>>;

async fn worker(number: usize, queue: Queue, journal: Journal) {
    while let Some(Request { image, reply }) = next(&queue).await {
        let result = process_in_task(&journal, number, image).await;
        // The caller may have gone away, and whoever is next must not suffer for it.
        let _ = reply.send(result);
    }
}
// ANCHOR_END: worker

// ANCHOR: pool
/// A pool of tasks that process images.
pub struct ImagePool {
    requests: mpsc::Sender<Request>,
    workers: JoinSet<()>,
}

impl ImagePool {
    /// Starts `workers` tasks; at most `room` images wait for them.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize, journal: &Journal) -> Self {
        // own the ends: the pool has the only sender, the workers share the receiver
        // bound: `room` in the queue …
        let (requests, queue) = mpsc::channel(room.get());
        let queue = Arc::new(Mutex::new(queue));
        let mut tasks = JoinSet::new();
        // … and `workers` at work
        for number in 1..=workers.get() {
            tasks.spawn(worker(number, queue.clone(), journal.clone()));
        }
        Self { requests, workers: tasks }
    }

    /// Hands in an image as soon as there is room for it. The receiver gets the answer.
    pub async fn submit(&self, image: ImageJob) -> oneshot::Receiver<ImageResult> {
        let (reply, answer) = oneshot::channel();
        // If nobody is left to take it, `reply` is dropped here, and `answer` says so.
        let _ = self.requests.send(Request { image, reply }).await;
        answer
    }

    /// Takes nothing more, does everything it has taken, and is gone when it returns.
    pub async fn finish(mut self) {
        // stop: the workers still get what is in the queue, and `None` after that
        drop(self.requests);
        // collect
        while let Some(ended) = self.workers.join_next().await {
            ended.expect("a worker does not panic");
        }
    }
}
// ANCHOR_END: pool

/// Processes all images in a pool of its own and returns the results in the order of the images.
pub async fn process_images(images: Vec<ImageJob>, workers: NonZeroUsize, journal: &Journal) -> Vec<ImageResult> {
    let pool = ImagePool::start(workers, workers, journal);
    let mut answers = Vec::new();
    for image in images {
        answers.push(pool.submit(image).await);
    }
    let mut results = Vec::new();
    for answer in answers {
        results.push(answer.await.expect("every image is answered"));
    }
    pool.finish().await;
    results
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::runtime::Handle;
    use tokio::time::{Instant, sleep, timeout};

    use super::*;
    use crate::images::sample;
    use crate::testing::count;

    /// Under the paused clock this returns when everything that can happen without time passing has happened.
    async fn settle() {
        sleep(Duration::from_millis(1)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn sixteen_images_with_four_workers_take_four_times_as_long_as_one() {
        let journal = Journal::silent();
        let results = process_images(sample(16), count(4), &journal).await;
        assert_eq!(journal.total(), Duration::from_millis(400));
        assert_eq!(journal.peak(), 4);
        assert_eq!(results.iter().map(|result| result.id).collect::<Vec<_>>(), (1..=16).collect::<Vec<_>>());
    }

    #[tokio::test(start_paused = true)]
    async fn submit_waits_while_the_queue_is_full() {
        let pool = ImagePool::start(count(1), count(2), &Journal::silent());
        let mut images = sample(4).into_iter();
        pool.submit(images.next().expect("first")).await;
        settle().await;
        let started = Instant::now();
        pool.submit(images.next().expect("second")).await;
        pool.submit(images.next().expect("third")).await;
        assert_eq!(started.elapsed(), Duration::ZERO);
        pool.submit(images.next().expect("fourth")).await;
        // The first image was begun a settling ago.
        assert_eq!(started.elapsed(), Duration::from_millis(99));
        pool.finish().await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_who_walks_away_harms_nobody() {
        let pool = ImagePool::start(count(1), count(4), &Journal::silent());
        drop(pool.submit(sample(1).remove(0)).await);
        let answer = pool.submit(sample(2).remove(1)).await;
        assert_eq!(answer.await.map(|result| result.id), Ok(2));
        pool.finish().await;
    }

    #[tokio::test(start_paused = true)]
    async fn finish_does_all_that_was_taken_and_leaves_no_task() {
        let journal = Journal::silent();
        let pool = ImagePool::start(count(2), count(8), &journal);
        let mut answers = Vec::new();
        for image in sample(7) {
            answers.push(pool.submit(image).await);
        }
        timeout(Duration::from_secs(60), pool.finish()).await.expect("the pool finishes");
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
        assert_eq!(journal.stretches().len(), 7);
        for answer in &mut answers {
            assert!(answer.try_recv().is_ok());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_pool_leaves_no_task() {
        let pool = ImagePool::start(count(2), count(8), &Journal::silent());
        let answer = pool.submit(sample(1).remove(0)).await;
        settle().await;
        drop(pool);
        assert!(answer.await.is_err());
        settle().await;
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
    }
}
