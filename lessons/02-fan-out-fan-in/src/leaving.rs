//! A reader who leaves, and a task that has nothing to send.

use tokio::sync::{mpsc, watch};

// Wrong on purpose: as long as the price does not change, nothing is sent, and no `send` can fail.
// ANCHOR: deaf
/// Tells the listener every new price, as long as it listens.
pub async fn announce_deaf(mut price: watch::Receiver<u64>, listener: mpsc::Sender<u64>) {
    while price.changed().await.is_ok() {
        let news = *price.borrow_and_update();
        if listener.send(news).await.is_err() {
            return;
        }
    }
}
// ANCHOR_END: deaf

// ANCHOR: announce
/// Tells the listener every new price, as long as it listens.
pub async fn announce(mut price: watch::Receiver<u64>, listener: mpsc::Sender<u64>) {
    loop {
        tokio::select! {
            () = listener.closed() => return,
            changed = price.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
        let news = *price.borrow_and_update();
        if listener.send(news).await.is_err() {
            return;
        }
    }
}
// ANCHOR_END: announce

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{settle, tasks};

    #[tokio::test(start_paused = true)]
    async fn without_news_the_deaf_one_never_finds_out() {
        let (price, prices) = watch::channel(10);
        let (tell, told) = mpsc::channel(1);
        tokio::spawn(announce_deaf(prices, tell));
        settle().await;
        drop(told);
        settle().await;
        assert_eq!((tasks(), price.receiver_count()), (1, 1));
        price.send_replace(20);
        settle().await;
        assert_eq!((tasks(), price.receiver_count()), (0, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_listens_for_the_end_ends_with_the_listener() {
        let (price, prices) = watch::channel(10);
        let (tell, mut told) = mpsc::channel(1);
        tokio::spawn(announce(prices, tell));
        settle().await;
        price.send_replace(20);
        assert_eq!(told.recv().await, Some(20));
        drop(told);
        settle().await;
        assert_eq!((tasks(), price.receiver_count()), (0, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_prices_close_the_announcements() {
        let (price, prices) = watch::channel(10);
        let (tell, mut told) = mpsc::channel(1);
        tokio::spawn(announce(prices, tell));
        drop(price);
        assert_eq!(told.recv().await, None);
    }
}
