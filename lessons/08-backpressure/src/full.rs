//! What to do when a queue is full.

use std::collections::VecDeque;
use std::mem;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::{SendError, TrySendError};

// ANCHOR: wait
/// Block: waits for room. What comes back, comes back because nobody reads any more.
pub async fn wait<T>(queue: &mpsc::Sender<T>, item: T) -> Result<(), SendError<T>> {
    queue.send(item).await
}
// ANCHOR_END: wait

// ANCHOR: refuse
/// Refuse: never waits. The caller gets the item back, and decides.
pub fn refuse<T>(queue: &mpsc::Sender<T>, item: T) -> Result<(), TrySendError<T>> {
    queue.try_send(item)
}
// ANCHOR_END: refuse

// ANCHOR: drop_new
/// Drop what is new: never waits and never fails, but counts.
pub fn drop_new<T>(queue: &mpsc::Sender<T>, item: T, dropped: &AtomicU64) {
    if queue.try_send(item).is_err() {
        dropped.fetch_add(1, Ordering::Relaxed);
    }
}
// ANCHOR_END: drop_new

// ANCHOR: drop_old
/// Drop what is old: the newest `room` items, and how many there were before them.
pub struct Latest<T> {
    room: usize,
    kept: Mutex<(VecDeque<T>, u64)>,
}

impl<T> Latest<T> {
    /// Keeps the item, and gives back the one that had to go for it.
    pub fn push(&self, item: T) -> Option<T> {
        let mut kept = self.kept.lock().unwrap();
        let (items, dropped) = &mut *kept;
        items.push_back(item);
        if items.len() <= self.room {
            return None;
        }
        *dropped += 1;
        items.pop_front()
    }
}
// ANCHOR_END: drop_old

impl<T> Latest<T> {
    /// Keeps at most so many.
    pub fn with(room: usize) -> Self {
        Self { room, kept: Mutex::new((VecDeque::new(), 0)) }
    }

    /// All that is kept, oldest first, and how many are not.
    pub fn take(&self) -> (Vec<T>, u64) {
        let mut kept = self.kept.lock().unwrap();
        let (items, dropped) = mem::take(&mut *kept);
        (items.into(), dropped)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn four_answers_to_a_full_queue() {
        let (queue, mut read) = mpsc::channel(2);
        refuse(&queue, 1).expect("there is room");
        refuse(&queue, 2).expect("there is room");

        assert_eq!(refuse(&queue, 3), Err(TrySendError::Full(3)));
        let dropped = AtomicU64::new(0);
        drop_new(&queue, 4, &dropped);
        assert_eq!(dropped.into_inner(), 1);
        assert!(timeout(Duration::from_secs(60), wait(&queue, 5)).await.is_err(), "it waits");

        assert_eq!(read.recv().await, Some(1));
        wait(&queue, 6).await.expect("there is room again");
        drop(read);
        assert_eq!(refuse(&queue, 7), Err(TrySendError::Closed(7)));
        assert_eq!(wait(&queue, 8).await, Err(SendError(8)));
    }

    #[test]
    fn the_newest_stay() {
        let latest = Latest::with(2);
        assert_eq!([1, 2, 3, 4].map(|item| latest.push(item)), [None, None, Some(1), Some(2)]);
        assert_eq!(latest.take(), (vec![3, 4], 2));
        assert_eq!(latest.take(), (vec![], 0));
    }
}
