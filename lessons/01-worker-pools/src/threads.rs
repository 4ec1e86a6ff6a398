//! A pool of threads that share one queue.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::images::{ImageJob, ImageResult};

// ANCHOR: next
/// The next job; `None` when the queue is empty and nobody can add to it any more.
pub(crate) fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    // The guard lives as long as this line: long enough to receive, not to work.
    queue.lock().expect("nobody panics while receiving").recv().ok()
}
// ANCHOR_END: next

// ANCHOR: process_images
/// Runs `work` on every image, on `workers` threads. Results come as they are done.
pub fn process_images(
    images: Vec<ImageJob>,
    workers: NonZeroUsize,
    work: impl Fn(usize, ImageJob) -> ImageResult + Sync,
) -> Vec<ImageResult> {
    // own the ends: we keep one end of each channel, the workers get the other
    let (jobs, queue) = mpsc::channel();
    let (done, results) = mpsc::channel();
    let (queue, work) = (Mutex::new(queue), &work);

    thread::scope(|scope| {
        // bound: this many threads, whatever is in the queue
        for worker in 1..=workers.get() {
            let (queue, done) = (&queue, done.clone());
            scope.spawn(move || {
                // run: whoever is free takes the next one
                while let Some(image) = next(queue) {
                    done.send(work(worker, image)).expect("we read to the end");
                }
            });
        }
        for image in images {
            jobs.send(image).expect("the queue outlives the scope");
        }
        // stop: without our ends, the queue runs dry and the results come to an end
        drop(jobs);
        drop(done);
        // collect
        results.into_iter().collect()
    })
}
// ANCHOR_END: process_images

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Barrier};

    use super::*;
    use crate::images::{sample, size};
    use crate::journal::Journal;
    use crate::testing::{count, within_ten_seconds};

    #[test]
    fn as_many_images_as_workers_are_processed_at_once() {
        let journal = Journal::silent();
        let writer = journal.clone();
        let mut results = within_ten_seconds(move || {
            // Sixteen images pass in four groups of four, or nobody passes at all.
            let four_together = Arc::new(Barrier::new(4));
            process_images(sample(16), count(4), |worker, image| {
                let _working = writer.begin(worker, &image.filename);
                four_together.wait();
                ImageResult { id: image.id, size: size(&image) }
            })
        });
        assert_eq!(journal.peak(), 4);
        results.sort_by_key(|result| result.id);
        assert_eq!(results.iter().map(|result| result.id).collect::<Vec<_>>(), (1..=16).collect::<Vec<_>>());
    }

    #[test]
    fn one_worker_takes_the_images_in_order() {
        let results = within_ten_seconds(|| {
            process_images(sample(5), count(1), |_, image| ImageResult { id: image.id, size: size(&image) })
        });
        assert_eq!(results.iter().map(|result| result.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn without_images_the_workers_go_home() {
        let results = within_ten_seconds(|| process_images(vec![], count(3), |_, _| unreachable!("there is no image")));
        assert!(results.is_empty());
    }
}
