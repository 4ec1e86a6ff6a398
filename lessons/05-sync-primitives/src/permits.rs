//! Permits of a semaphore.

use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::sleep;

// ANCHOR: print
/// Prints a document on one of the printers.
pub async fn print(printers: &Semaphore) {
    let _printer = printers.acquire().await.expect("nobody closes this semaphore");
    sleep(Duration::from_millis(100)).await;
}
// ANCHOR_END: print

// Wrong on purpose: the permit is gone at once.
// ANCHOR: underscore
/// Prints a document on one of the printers.
pub async fn print_document(printers: &Semaphore) {
    let _ = printers.acquire().await.expect("nobody closes this semaphore");
    sleep(Duration::from_millis(100)).await;
}
// ANCHOR_END: underscore

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::{Instant, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_permit_with_a_name_is_held_for_the_time_of_printing() {
        let (printers, started) = (Semaphore::new(1), Instant::now());
        tokio::join!(print(&printers), print(&printers), print(&printers));
        assert_eq!(started.elapsed(), Duration::from_millis(300));
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_without_a_name_is_not_held_at_all() {
        let (printers, started) = (Semaphore::new(1), Instant::now());
        tokio::join!(print_document(&printers), print_document(&printers), print_document(&printers));
        assert_eq!(started.elapsed(), Duration::from_millis(100));
    }

    #[tokio::test(start_paused = true)]
    async fn more_permits_than_there_are_wait_for_ever_and_block_those_behind_them() {
        let printers = Arc::new(Semaphore::new(2));
        let too_many = tokio::spawn({
            let printers = printers.clone();
            async move { printers.acquire_many(3).await.map(|permits| permits.num_permits()) }
        });
        sleep(Duration::from_millis(1)).await;
        assert!(
            timeout(Duration::from_secs(60), printers.acquire()).await.is_err(),
            "two are free, and nobody gets one"
        );
        too_many.abort();
        assert!(too_many.await.expect_err("aborted").is_cancelled());
        assert!(timeout(Duration::from_secs(60), printers.acquire()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_forgotten_permit_never_comes_back() {
        let printers = Semaphore::new(2);
        printers.acquire().await.expect("open").forget();
        assert_eq!(printers.available_permits(), 1);
        printers.add_permits(1);
        assert_eq!(printers.available_permits(), 2);
    }
}
