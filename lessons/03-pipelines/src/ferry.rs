//! A ferry that leaves some time after its first passenger has come aboard.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout, timeout_at};

// Wrong on purpose: every passenger who comes aboard makes the others wait again.
// ANCHOR: patient
/// Who comes aboard within `patience` of the first. Nobody, when nobody can come any more.
pub async fn too_patient(quay: &mut Receiver<u64>, patience: Duration) -> Vec<u64> {
    let mut aboard = Vec::from_iter(quay.recv().await);
    while let Ok(Some(passenger)) = timeout(patience, quay.recv()).await {
        aboard.push(passenger);
    }
    aboard
}
// ANCHOR_END: patient

// ANCHOR: ferry
/// Who comes aboard within `patience` of the first. Nobody, when nobody can come any more.
pub async fn ferry(quay: &mut Receiver<u64>, patience: Duration) -> Vec<u64> {
    let mut aboard = Vec::from_iter(quay.recv().await);
    let departure = Instant::now() + patience;
    while let Ok(Some(passenger)) = timeout_at(departure, quay.recv()).await {
        aboard.push(passenger);
    }
    aboard
}
// ANCHOR_END: ferry

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;
    use crate::journal::Journal;
    use crate::numbers::generate;
    use crate::step::Step;
    use crate::testing::count;

    const PATIENCE: Duration = Duration::from_millis(100);

    /// A passenger every 40 ms, ten of them.
    fn quay() -> Receiver<u64> {
        generate(10, Step::new("passengers", 40, &Journal::silent()), count(1))
    }

    #[tokio::test(start_paused = true)]
    async fn a_patience_that_begins_anew_never_ends() {
        let (mut quay, started) = (quay(), Instant::now());
        assert_eq!(too_patient(&mut quay, PATIENCE).await.len(), 10);
        assert_eq!(started.elapsed(), Duration::from_millis(400));
    }

    #[tokio::test(start_paused = true)]
    async fn the_ferry_leaves_on_time_and_comes_back_for_the_others() {
        let (mut quay, started) = (quay(), Instant::now());
        assert_eq!(ferry(&mut quay, PATIENCE).await, [1, 2, 3]);
        assert_eq!(started.elapsed(), Duration::from_millis(40 + 100));
        assert_eq!(ferry(&mut quay, PATIENCE).await, [4, 5, 6]);
        assert_eq!(started.elapsed(), Duration::from_millis(160 + 100));
        assert_eq!(ferry(&mut quay, PATIENCE).await, [7, 8, 9]);
        // The last one need not wait: nobody can come any more.
        assert_eq!(ferry(&mut quay, PATIENCE).await, [10]);
        assert_eq!(started.elapsed(), Duration::from_millis(400));
        assert!(ferry(&mut quay, PATIENCE).await.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn an_empty_ferry_waits_at_the_quay() {
        let (passengers, mut quay) = mpsc::channel(1);
        let waiting = tokio::spawn(async move { ferry(&mut quay, PATIENCE).await });
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert!(!waiting.is_finished());
        drop(passengers);
        assert!(waiting.await.expect("no panic").is_empty());
    }
}
