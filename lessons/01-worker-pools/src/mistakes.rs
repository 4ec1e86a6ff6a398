//! Programs that are wrong on purpose. Each compiles, looks right, and gives the right results if it gives any.

use std::num::NonZeroUsize;
use std::sync::mpsc::{self as threads, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::{JoinError, JoinSet, spawn_blocking};

use crate::images::{ImageJob, ImageResult, process_in_task};
use crate::jobs::Job;
use crate::journal::Journal;

// ANCHOR: obvious_pool
/// Runs `work` on every image, on `workers` threads.
pub fn obvious_pool(
    images: Vec<ImageJob>,
    workers: NonZeroUsize,
    work: impl Fn(usize, ImageJob) -> ImageResult + Sync,
) -> Vec<ImageResult> {
    let (jobs, queue) = threads::channel();
    let (done, results) = threads::channel();
    let (queue, work) = (Mutex::new(queue), &work);

    thread::scope(|scope| {
        for worker in 1..=workers.get() {
            let (queue, done) = (&queue, done.clone());
            scope.spawn(move || {
                while let Ok(image) = queue.lock().unwrap().recv() {
                    done.send(work(worker, image)).unwrap();
                }
            });
        }
        for image in images {
            jobs.send(image).unwrap();
        }
        drop(jobs);
        drop(done);
        results.into_iter().collect()
    })
}
// ANCHOR_END: obvious_pool

// ANCHOR: summed_up
/// The bytes of all images together, measured on a thread each.
pub fn summed_up(images: &[ImageJob], measure: impl Fn(&ImageJob) -> u64 + Sync) -> u64 {
    thread::scope(|scope| {
        let threads = images.iter().map(|image| scope.spawn(|| measure(image)));
        threads.map(|thread| thread.join().unwrap()).sum()
    })
}
// ANCHOR_END: summed_up

// ANCHOR: fragile_worker
/// Does jobs until none can come any more.
pub fn fragile_worker(queue: &Mutex<Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap().recv();
        let Ok(job) = next else { break };
        job();
    }
}
// ANCHOR_END: fragile_worker

// ANCHOR: submit_then_read
/// Hands in all images, then reads all results.
pub async fn submit_then_read(
    images: Vec<ImageJob>,
    jobs: mpsc::Sender<ImageJob>,
    mut results: mpsc::Receiver<ImageResult>,
) -> Vec<ImageResult> {
    for image in images {
        jobs.send(image).await.expect("the workers listen");
    }
    drop(jobs);
    let mut all = Vec::new();
    while let Some(result) = results.recv().await {
        all.push(result);
    }
    all
}
// ANCHOR_END: submit_then_read

/// What [`submit_then_read`] is given: workers between two bounded channels.
pub struct TwoQueues {
    /// Into the workers.
    pub jobs: mpsc::Sender<ImageJob>,
    /// Out of them.
    pub results: mpsc::Receiver<ImageResult>,
    /// Kept so that the workers end with their owner.
    pub workers: JoinSet<()>,
    /// Sees how full both channels are.
    pub watch: Watch,
}

/// Looks at the two channels without keeping them open.
pub struct Watch {
    jobs: mpsc::WeakSender<ImageJob>,
    done: mpsc::WeakSender<ImageResult>,
    journal: Journal,
}

impl TwoQueues {
    /// Starts `workers` between two channels with room for `room` each.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize, journal: &Journal) -> Self {
        let (jobs, queue) = mpsc::channel::<ImageJob>(room.get());
        let (done, results) = mpsc::channel(room.get());
        let watch = Watch { jobs: jobs.downgrade(), done: done.downgrade(), journal: journal.clone() };
        let queue = Arc::new(tokio::sync::Mutex::new(queue));
        let workers = (1..=workers.get())
            .map(|worker| {
                let (queue, done, journal) = (queue.clone(), done.clone(), journal.clone());
                async move {
                    loop {
                        let next = queue.lock().await.recv().await;
                        let Some(image) = next else { break };
                        if done.send(process_in_task(&journal, worker, image).await).await.is_err() {
                            break;
                        }
                    }
                }
            })
            .collect();
        Self { jobs, results, workers, watch }
    }
}

impl Watch {
    /// Who waits for whom, as long as nothing has been read.
    pub fn report(&self) -> String {
        let (queued, queue) = taken(&self.jobs);
        let (delivered, room) = taken(&self.done);
        let processed = self.journal.stretches().len();
        let (handed_in, holding) = (queued + processed, processed - delivered);
        format!(
            "{handed_in} images handed in: {queued} of {queue} places in the queue are taken, the next image waits\n\
             {processed} images processed: {delivered} of {room} places for results are taken, {holding} workers wait\n\
             0 results read: the reader is the one who still hands in"
        )
    }
}

/// How many of how many places of a channel are taken.
fn taken<T>(channel: &mpsc::WeakSender<T>) -> (usize, usize) {
    channel.upgrade().map_or((0, 0), |channel| {
        let places = channel.max_capacity();
        (places - channel.capacity(), places)
    })
}

// ANCHOR: permit_with_the_caller
/// Runs `work` on a thread that may be blocked, once `limit` has a permit for it.
pub async fn permit_with_the_caller(
    limit: &Semaphore,
    image: ImageJob,
    work: impl FnOnce(ImageJob) -> ImageResult + Send + 'static,
) -> Result<ImageResult, JoinError> {
    let _permit = limit.acquire().await.expect("nobody closes this semaphore");
    spawn_blocking(move || work(image)).await
}
// ANCHOR_END: permit_with_the_caller

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::images::{sample, size};
    use crate::testing::{count, within_ten_seconds};

    #[test]
    fn a_guard_that_lives_through_the_loop_body_leaves_one_worker_at_a_time() {
        let journal = Journal::silent();
        let results = obvious_pool(sample(16), count(4), |worker, image| {
            let _working = journal.begin(worker, &image.filename);
            thread::yield_now();
            ImageResult { id: image.id, size: size(&image) }
        });
        // The results are all there: nothing but the journal shows the mistake.
        assert_eq!(results.len(), 16);
        assert_eq!(journal.peak(), 1);
    }

    #[test]
    fn a_lazy_iterator_joins_each_thread_before_it_spawns_the_next() {
        let (running, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let total = summed_up(&sample(5), |image| {
            peak.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::yield_now();
            running.fetch_sub(1, Ordering::SeqCst);
            size(image)
        });
        assert_eq!(total, 5 * 12 * 1024);
        assert_eq!(peak.into_inner(), 1);
    }

    #[test]
    fn two_panics_end_two_workers_and_the_job_behind_them_is_never_done() {
        let (jobs, queue) = threads::channel::<Job>();
        let done = Arc::new(AtomicUsize::new(0));
        let count_me = done.clone();
        jobs.send(Box::new(|| panic!("on purpose"))).expect("the queue is open");
        jobs.send(Box::new(|| panic!("on purpose"))).expect("the queue is open");
        let last = move || {
            count_me.fetch_add(1, Ordering::SeqCst);
        };
        jobs.send(Box::new(last)).expect("the queue is open");
        drop(jobs);
        let queue = Arc::new(Mutex::new(queue));
        let workers = [queue.clone(), queue.clone()].map(|queue| thread::spawn(move || fragile_worker(&queue)));
        let ended = workers.map(|worker| worker.join().is_err());
        assert_eq!(ended, [true, true]);
        assert_eq!(done.load(Ordering::SeqCst), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn submitting_everything_first_blocks_everybody() {
        let journal = Journal::silent();
        let TwoQueues { jobs, results, workers: _workers, watch } = TwoQueues::start(count(4), count(2), &journal);
        let mut submitting = pin!(submit_then_read(sample(16), jobs, results));
        assert!(timeout(Duration::from_secs(60), submitting.as_mut()).await.is_err());
        let report = watch.report();
        assert!(report.contains("8 images handed in: 2 of 2 places in the queue are taken"), "{report}");
        assert!(report.contains("6 images processed: 2 of 2 places for results are taken, 4 workers wait"), "{report}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_small_test_does_not_notice() {
        let TwoQueues { jobs, results, workers: _workers, .. } =
            TwoQueues::start(count(4), count(2), &Journal::silent());
        let all = timeout(Duration::from_secs(60), submit_then_read(sample(8), jobs, results)).await;
        assert_eq!(all.expect("eight images fit into the pool").len(), 8);
    }

    #[test]
    fn a_permit_that_stays_with_the_caller_comes_back_too_early() {
        within_ten_seconds(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
            let limit = Arc::new(Semaphore::new(1));
            let (begun, has_begun) = tokio::sync::oneshot::channel();
            let (open, gate) = threads::channel::<()>();
            runtime.block_on(async {
                let of_the_task = limit.clone();
                let working = tokio::spawn(async move {
                    permit_with_the_caller(&of_the_task, sample(1).remove(0), move |image| {
                        begun.send(()).expect("the test listens");
                        let _ = gate.recv();
                        ImageResult { id: image.id, size: size(&image) }
                    })
                    .await
                });
                has_begun.await.expect("the work begins");
                working.abort();
                assert!(working.await.expect_err("aborted").is_cancelled());
                // The work still stands at its gate, and the next one may already begin.
                assert_eq!(limit.available_permits(), 1);
            });
            drop(open);
        });
    }
}
