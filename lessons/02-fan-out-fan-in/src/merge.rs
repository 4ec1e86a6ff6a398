//! Two inputs, read by one task.

use tokio::sync::mpsc::Receiver;

// ANCHOR: lowest
/// The lowest price that either market has offered, once both have closed.
pub async fn lowest(mut north: Receiver<u64>, mut south: Receiver<u64>) -> Option<u64> {
    let mut lowest = None;
    loop {
        let price = tokio::select! {
            Some(price) = north.recv() => price,
            Some(price) = south.recv() => price,
            else => return lowest,
        };
        lowest = Some(lowest.map_or(price, |lowest: u64| lowest.min(price)));
    }
}
// ANCHOR_END: lowest

// Wrong on purpose: one market closes early, and the offers of the other are never seen.
// ANCHOR: the_first_end
/// The lowest price that either market has offered, once both have closed.
pub async fn first_end(mut north: Receiver<u64>, mut south: Receiver<u64>) -> Option<u64> {
    let mut lowest = None;
    loop {
        let price = tokio::select! {
            price = north.recv() => price,
            price = south.recv() => price,
        };
        let Some(price) = price else { return lowest };
        lowest = Some(lowest.map_or(price, |lowest: u64| lowest.min(price)));
    }
}
// ANCHOR_END: the_first_end

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;
    use crate::testing::settle;

    #[tokio::test(start_paused = true)]
    async fn the_end_of_one_input_is_not_the_end() {
        let (of_the_north, north) = mpsc::channel(4);
        let (of_the_south, south) = mpsc::channel(4);
        let looking = tokio::spawn(lowest(north, south));
        of_the_north.send(30).await.expect("somebody looks");
        drop(of_the_north);
        settle().await;
        assert!(!looking.is_finished());
        of_the_south.send(20).await.expect("somebody still looks");
        of_the_south.send(40).await.expect("somebody still looks");
        drop(of_the_south);
        assert_eq!(looking.await.expect("no panic"), Some(20));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_the_first_end_for_the_end_loses_the_rest() {
        let (of_the_north, north) = mpsc::channel::<u64>(4);
        let (of_the_south, south) = mpsc::channel(4);
        drop(of_the_north);
        let looking = tokio::spawn(first_end(north, south));
        assert_eq!(looking.await.expect("no panic"), None);
        assert!(of_the_south.is_closed(), "the south is still open, and nobody looks");
    }
}
