//! The programs the quiz asks about. Their tests are the proofs of the answers.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use crate::orders::Order;

// ANCHOR: hand_in
/// Waits for at most a second.
pub async fn hand_in(queue: &mpsc::Sender<Order>, order: Order) -> bool {
    timeout(Duration::from_secs(1), queue.send(order)).await.is_ok()
}
// ANCHOR_END: hand_in

// ANCHOR: handle_news
/// Handles each piece of news, which takes a second.
pub async fn handle_news(mut news: watch::Receiver<u32>, mut handle: impl FnMut(u32)) {
    while news.changed().await.is_ok() {
        let latest = *news.borrow_and_update();
        handle(latest);
        sleep(Duration::from_secs(1)).await;
    }
}
// ANCHOR_END: handle_news

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_order_whose_send_has_timed_out_is_gone() {
        let (queue, mut read) = mpsc::channel(1);
        assert!(hand_in(&queue, Order(1)).await);
        assert!(!hand_in(&queue, Order(2)).await);
        drop(queue);
        assert_eq!(read.recv().await, Some(Order(1)));
        assert_eq!(read.recv().await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn news_that_comes_while_news_is_handled_is_the_latest_only() {
        let (sender, news) = watch::channel(1);
        let handling = tokio::spawn(async move {
            let mut handled = Vec::new();
            handle_news(news, |news| handled.push(news)).await;
            handled
        });
        sleep(Duration::from_millis(100)).await;
        sender.send(2).expect("somebody listens");
        sleep(Duration::from_millis(100)).await;
        sender.send(3).expect("somebody listens");
        sender.send(4).expect("somebody listens");
        sleep(Duration::from_secs(2)).await;
        drop(sender);
        assert_eq!(handling.await.expect("no panic"), [2, 4]);
    }
}
