//! Where the join stands: threads that borrow.

use std::thread;

use crate::images::ImageJob;

// ANCHOR: total_size
/// The bytes of all images together, all measured at the same time.
pub fn total_size(images: &[ImageJob], measure: impl Fn(&ImageJob) -> u64 + Sync) -> u64 {
    thread::scope(|scope| {
        // run: `collect` pulls every image through `spawn` before the first `join`
        let threads = images.iter().map(|image| scope.spawn(|| measure(image)));
        let threads: Vec<_> = threads.collect();
        // collect: there is nothing left to start, so waiting is fine
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}
// ANCHOR_END: total_size

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;
    use crate::images::{sample, size};
    use crate::testing::within_ten_seconds;

    #[test]
    fn all_images_are_measured_at_the_same_time() {
        let total = within_ten_seconds(|| {
            let all_here = Barrier::new(5);
            total_size(&sample(5), |image| {
                all_here.wait();
                size(image)
            })
        });
        assert_eq!(total, 5 * 12 * 1024);
    }

    #[test]
    fn no_images_have_no_size() {
        assert_eq!(total_size(&[], size), 0);
    }
}
