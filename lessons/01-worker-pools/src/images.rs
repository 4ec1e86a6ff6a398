//! The work: images, most of which take a tenth of a second.

use std::thread;
use std::time::Duration;

use crate::journal::Journal;

/// How long an image takes, unless somebody says otherwise.
pub const PER_IMAGE: Duration = Duration::from_millis(100);

// ANCHOR: types
/// An image that waits to be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageJob {
    /// Its number.
    pub id: u64,
    /// Where it lies.
    pub filename: String,
    /// How long it takes.
    pub takes: Duration,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageResult {
    /// The number of the job.
    pub id: u64,
    /// How many bytes came out.
    pub size: u64,
}
// ANCHOR_END: types

/// `count` images, numbered from 1.
pub fn sample(count: u64) -> Vec<ImageJob> {
    (1..=count).map(|id| image(id, PER_IMAGE)).collect()
}

/// Images that take so many milliseconds, numbered from 1.
pub fn taking(milliseconds: &[u64]) -> Vec<ImageJob> {
    (1..).zip(milliseconds).map(|(id, &takes)| image(id, Duration::from_millis(takes))).collect()
}

fn image(id: u64, takes: Duration) -> ImageJob {
    ImageJob { id, filename: format!("image-{id:02}.png"), takes }
}

/// The size an image pretends to have: 1024 bytes for every byte of its name.
pub fn size(image: &ImageJob) -> u64 {
    image.filename.len() as u64 * 1024
}

/// Processes an image on the calling thread, which is busy until it is done.
pub fn process(journal: &Journal, worker: usize, image: ImageJob) -> ImageResult {
    let _working = journal.begin(worker, &image.filename);
    thread::sleep(image.takes);
    ImageResult { id: image.id, size: size(&image) }
}

/// Processes an image in the calling task, which lets others run meanwhile.
pub async fn process_in_task(journal: &Journal, worker: usize, image: ImageJob) -> ImageResult {
    let _working = journal.begin(worker, &image.filename);
    tokio::time::sleep(image.takes).await;
    ImageResult { id: image.id, size: size(&image) }
}
