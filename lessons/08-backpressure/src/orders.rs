//! Orders that are produced for a queue with little room.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;

/// An order. Its number must not get lost.
#[derive(Debug, PartialEq, Eq)]
pub struct Order(pub u32);

/// Makes orders, each with the next number.
#[derive(Default)]
pub struct Desk {
    made: u32,
}

impl Desk {
    /// The next order.
    pub fn make(&mut self) -> Order {
        self.made += 1;
        Order(self.made)
    }

    /// How many have been made.
    pub fn made(&self) -> u32 {
        self.made
    }
}

// ANCHOR: hopeful
/// Makes an order, and tries for a second to hand it in.
pub async fn make_then_wait(desk: &mut Desk, queue: &mpsc::Sender<Order>) -> bool {
    let order = desk.make();
    let handed_in = timeout(Duration::from_secs(1), queue.send(order)).await;
    matches!(handed_in, Ok(Ok(())))
}
// ANCHOR_END: hopeful

// ANCHOR: reserved
/// Tries for a second to get a place in the queue, and makes an order for it.
pub async fn wait_then_make(desk: &mut Desk, queue: &mpsc::Sender<Order>) -> bool {
    let Ok(Ok(place)) = timeout(Duration::from_secs(1), queue.reserve()).await else {
        return false;
    };
    // From here on nothing waits, and nothing can fail.
    place.send(desk.make());
    true
}
// ANCHOR_END: reserved

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_send_that_is_given_up_takes_the_order_along() {
        let (queue, mut read) = mpsc::channel(1);
        let mut desk = Desk::default();
        assert!(make_then_wait(&mut desk, &queue).await);
        assert!(!make_then_wait(&mut desk, &queue).await);
        assert_eq!(read.recv().await, Some(Order(1)));
        assert!(make_then_wait(&mut desk, &queue).await);
        // Number 2 is nowhere.
        assert_eq!(read.recv().await, Some(Order(3)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_that_is_given_up_costs_nothing() {
        let (queue, mut read) = mpsc::channel(1);
        let mut desk = Desk::default();
        assert!(wait_then_make(&mut desk, &queue).await);
        assert!(!wait_then_make(&mut desk, &queue).await);
        assert_eq!(desk.made(), 1);
        assert_eq!(read.recv().await, Some(Order(1)));
        assert!(wait_then_make(&mut desk, &queue).await);
        assert_eq!(read.recv().await, Some(Order(2)));
        drop(read);
        assert!(!wait_then_make(&mut desk, &queue).await);
    }
}
