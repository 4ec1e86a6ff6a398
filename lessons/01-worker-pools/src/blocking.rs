//! Work that keeps a thread busy, beside an async program.

use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::{JoinError, spawn_blocking};

use crate::images::{ImageJob, ImageResult, size};

// ANCHOR: process
/// Runs `work` on a thread that may be blocked, once `limit` has a permit for it.
pub async fn process(
    limit: Arc<Semaphore>,
    image: ImageJob,
    work: impl FnOnce(ImageJob) -> ImageResult + Send + 'static,
) -> Result<ImageResult, JoinError> {
    // bound: whoever has a permit may occupy a thread
    let permit = limit.acquire_owned().await.expect("nobody closes this semaphore");
    spawn_blocking(move || {
        // The permit has moved in with the work: they end together, whoever waits.
        let _permit = permit;
        work(image)
    })
    .await
}
// ANCHOR_END: process

// ANCHOR: announcing
/// Measures all images on one blocking thread, and tells a task about each.
pub async fn announcing(images: Vec<ImageJob>, listener: mpsc::Sender<u64>) -> u64 {
    spawn_blocking(move || {
        let mut total = 0;
        for image in images {
            total += size(&image);
            // This thread may wait here; a thread of the runtime would panic.
            let _ = listener.blocking_send(image.id);
        }
        total
    })
    .await
    .expect("measuring does not panic")
}
// ANCHOR_END: announcing

#[cfg(test)]
mod tests {
    use std::sync::mpsc as threads;
    use std::thread;

    use super::*;
    use crate::images::sample;

    fn measured(image: &ImageJob) -> ImageResult {
        ImageResult { id: image.id, size: size(image) }
    }

    #[tokio::test]
    async fn the_work_is_off_the_runtimes_thread() {
        let limit = Arc::new(Semaphore::new(1));
        let (here, told) = threads::channel();
        let result = process(limit, sample(1).remove(0), move |image| {
            here.send(thread::current().id()).expect("the test listens");
            measured(&image)
        });
        assert_eq!(result.await.expect("no panic").id, 1);
        assert_ne!(told.recv().expect("the work ran"), thread::current().id());
    }

    #[tokio::test]
    async fn the_permit_stays_with_work_that_nobody_waits_for() {
        let limit = Arc::new(Semaphore::new(1));
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (open, gate) = threads::channel::<()>();
        let working = tokio::spawn(process(limit.clone(), sample(1).remove(0), move |image| {
            begun.send(()).expect("the test listens");
            // Opened by the test, or by its end.
            let _ = gate.recv();
            measured(&image)
        }));
        has_begun.await.expect("the work begins");
        working.abort();
        assert!(working.await.expect_err("aborted").is_cancelled());

        assert_eq!(limit.available_permits(), 0, "the caller is gone, the work is not");
        drop(open);
        let comes_back = limit.acquire().await;
        assert!(comes_back.is_ok());
    }

    #[tokio::test]
    async fn a_panic_gives_the_permit_back_and_tells_the_caller() {
        let limit = Arc::new(Semaphore::new(1));
        let result = process(limit.clone(), sample(1).remove(0), |_| panic!("on purpose")).await;
        assert!(result.expect_err("a panic").is_panic());
        assert_eq!(limit.available_permits(), 1);
    }

    #[tokio::test]
    async fn blocking_work_can_talk_to_async_code() {
        let (tell, mut told) = mpsc::channel(1);
        let measuring = tokio::spawn(announcing(sample(3), tell));
        let mut ids = Vec::new();
        while let Some(id) = told.recv().await {
            ids.push(id);
        }
        assert_eq!(ids, [1, 2, 3]);
        assert_eq!(measuring.await.expect("no panic"), 3 * 12 * 1024);
    }
}
