//! A kitchen with two cooks, more guests than they can serve, and a door.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// How long a dish takes.
pub const PER_DISH: Duration = Duration::from_millis(100);
/// How long a guest waits for it.
pub const PATIENCE: Duration = Duration::from_millis(500);
/// How long it takes until the next guest comes.
pub const BETWEEN_GUESTS: Duration = Duration::from_millis(25);

/// An order, and the way back for the dish.
pub struct Order {
    dish: u32,
    reply: oneshot::Sender<u32>,
}

/// Why there is no dish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// As many as there is room for wait already.
    Full,
    /// The kitchen is closed.
    Closed,
}

// ANCHOR: order
/// The door of the kitchen: it decides who may wait, and knows nothing of cooking.
pub struct Door(mpsc::Sender<Order>);

impl Door {
    /// Takes an order, or refuses it. Does not wait.
    pub fn order(&self, dish: u32) -> Result<oneshot::Receiver<u32>, Refused> {
        let (reply, answer) = oneshot::channel();
        match self.0.try_send(Order { dish, reply }) {
            Ok(()) => Ok(answer),
            Err(mpsc::error::TrySendError::Full(_)) => Err(Refused::Full),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(Refused::Closed),
        }
    }
}
// ANCHOR_END: order

// ANCHOR: cook
/// A cook: takes the next order, cooks, serves, and puts the dish on the bill.
async fn cook(orders: Arc<Mutex<mpsc::Receiver<Order>>>, bill: mpsc::Sender<bool>) {
    while let Some(Order { dish, reply }) = next(&orders).await {
        sleep(PER_DISH).await;
        let eaten = reply.send(dish).is_ok();
        bill.send(eaten).await.expect("the bill is open as long as there are cooks");
    }
}
// ANCHOR_END: cook

async fn next(orders: &Mutex<mpsc::Receiver<Order>>) -> Option<Order> {
    orders.lock().await.recv().await
}

/// What was cooked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bill {
    /// Dishes that a guest got.
    pub eaten: usize,
    /// Dishes for guests who had left.
    pub wasted: usize,
}

async fn keep(mut dishes: mpsc::Receiver<bool>) -> Bill {
    let mut bill = Bill::default();
    while let Some(eaten) = dishes.recv().await {
        if eaten { bill.eaten += 1 } else { bill.wasted += 1 }
    }
    bill
}

// ANCHOR: kitchen
/// A door, cooks, and a bill: each feeds the next.
pub struct Kitchen {
    /// Where orders come in.
    pub door: Door,
    cooks: JoinSet<()>,
    bill: JoinHandle<Bill>,
}

impl Kitchen {
    /// Opens a kitchen. At most `room` orders wait for its cooks.
    pub fn open(cooks: usize, room: usize) -> Self {
        // bound: `room` is for admission, the number of cooks for execution
        let (door, orders) = mpsc::channel(room);
        let (to_bill, dishes) = mpsc::channel(1);
        let orders = Arc::new(Mutex::new(orders));
        let cooks = (0..cooks).map(|_| cook(orders.clone(), to_bill.clone())).collect();
        Self { door: Door(door), cooks, bill: tokio::spawn(keep(dishes)) }
    }

    /// Serves what has been ordered, and closes.
    pub async fn close(mut self) -> Bill {
        // stop: first the door, so that the orders come to an end …
        drop(self.door);
        // … then the cooks, who end with them …
        while let Some(ended) = self.cooks.join_next().await {
            ended.expect("a cook does not panic");
        }
        // collect: … and the bill, which nobody can add to any more
        self.bill.await.expect("the bill does not panic")
    }
}
// ANCHOR_END: kitchen

/// An evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evening {
    /// How many guests came.
    pub guests: usize,
    /// How many were sent away at the door.
    pub refused: usize,
    /// What was cooked.
    pub bill: Bill,
    /// When the last dish was done.
    pub closed: Duration,
}

/// `guests` come, one every [`BETWEEN_GUESTS`], and each leaves when its [`PATIENCE`] is over.
pub async fn evening(guests: u32, room: usize) -> Evening {
    let begun = Instant::now();
    let kitchen = Kitchen::open(2, room);
    let (mut waiting, mut refused) = (JoinSet::new(), 0);
    for guest in 0..guests {
        sleep_until(begun + BETWEEN_GUESTS * guest).await;
        match kitchen.door.order(guest) {
            Ok(dish) => drop(waiting.spawn(timeout(PATIENCE, dish))),
            Err(_) => refused += 1,
        }
    }
    let bill = kitchen.close().await;
    Evening { guests: guests as usize, refused, bill, closed: begun.elapsed() }
}

impl Display for Evening {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { guests, refused, bill: Bill { eaten, wasted }, closed } = self;
        let closed = closed.as_millis();
        write!(
            f,
            "{guests} guests: {refused:>3} refused, {eaten:>3} served, {wasted:>3} cooked for nobody; closed at {closed} ms"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_is_admitted_is_served_in_time() {
        let evening = evening(200, 6).await;
        assert_eq!(evening.bill.wasted, 0);
        assert_eq!(evening.bill.eaten + evening.refused, 200);
        assert!(evening.bill.eaten >= 100, "{evening}");
    }

    #[tokio::test(start_paused = true)]
    async fn with_room_for_everybody_hardly_anybody_is_served() {
        let evening = evening(200, 200).await;
        assert_eq!((evening.refused, evening.bill.eaten + evening.bill.wasted), (0, 200));
        assert!(evening.bill.eaten < 50, "{evening}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_kitchen_refuses_at_once() {
        let kitchen = Kitchen::open(1, 2);
        let begun = Instant::now();
        let orders: Vec<_> = (0..3).map(|dish| kitchen.door.order(dish)).collect();
        assert!(orders[..2].iter().all(Result::is_ok));
        assert_eq!(orders[2].as_ref().map(|_| ()), Err(&Refused::Full));
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_ordered_is_served_after_the_door_has_closed() {
        let kitchen = Kitchen::open(2, 5);
        let mut dishes: Vec<_> = (0..5).map(|dish| kitchen.door.order(dish).expect("there is room")).collect();
        let bill = timeout(Duration::from_secs(60), kitchen.close()).await.expect("the kitchen closes");
        assert_eq!(bill, Bill { eaten: 5, wasted: 0 });
        for (number, dish) in dishes.iter_mut().enumerate() {
            assert_eq!(dish.try_recv(), Ok(number as u32));
        }
    }
}
