//! Jobs as values, and what a panic in one of them costs.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender};

use crate::images::{ImageJob, ImageResult, size};
use crate::threads::next;

// ANCHOR: job
/// Anything that can be done once, on any thread, at any time.
pub type Job = Box<dyn FnOnce() + Send + 'static>;
// ANCHOR_END: job

// ANCHOR: measuring
/// The job of measuring an image. It owns the image, and a way to report.
pub fn measuring(image: ImageJob, results: Sender<ImageResult>) -> Job {
    Box::new(move || {
        let result = ImageResult { id: image.id, size: size(&image) };
        // Whoever asked may have stopped listening, and then nobody gets the result.
        let _ = results.send(result);
    })
}
// ANCHOR_END: measuring

// ANCHOR: worker
/// Does jobs until none can come any more; returns how many of them panicked.
pub fn worker(queue: &Mutex<Receiver<Job>>) -> usize {
    let mut panicked = 0;
    while let Some(job) = next(queue) {
        // run: a panic ends here, with its job, and the worker takes the next one
        if panic::catch_unwind(AssertUnwindSafe(job)).is_err() {
            panicked += 1;
        }
    }
    panicked
}
// ANCHOR_END: worker

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::sync::{Arc, Barrier};
    use std::thread;

    use super::*;
    use crate::images::sample;
    use crate::testing::within_ten_seconds;

    #[test]
    fn a_job_brings_its_result_home_from_another_thread() {
        let (results, received) = mpsc::channel();
        for image in sample(3) {
            let job = measuring(image, results.clone());
            thread::spawn(job);
        }
        drop(results);
        let mut ids: Vec<u64> = received.into_iter().map(|result| result.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [1, 2, 3]);
    }

    #[test]
    fn nobody_listening_is_not_a_reason_to_panic() {
        let (results, received) = mpsc::channel();
        drop(received);
        measuring(sample(1).remove(0), results)();
    }

    #[test]
    fn two_workers_stay_two_after_three_panics() {
        let panicked = within_ten_seconds(|| {
            let (jobs, queue) = mpsc::channel::<Job>();
            for _ in 0..3 {
                jobs.send(Box::new(|| panic!("on purpose"))).expect("the queue is open");
            }
            let both_here = Arc::new(Barrier::new(2));
            for _ in 0..2 {
                let both_here = both_here.clone();
                let meet = move || {
                    both_here.wait();
                };
                jobs.send(Box::new(meet)).expect("the queue is open");
            }
            drop(jobs);
            let queue = Mutex::new(queue);
            thread::scope(|scope| {
                let workers = [scope.spawn(|| worker(&queue)), scope.spawn(|| worker(&queue))];
                workers.map(|worker| worker.join().expect("a worker survives its jobs")).iter().sum::<usize>()
            })
        });
        assert_eq!(panicked, 3);
    }
}
