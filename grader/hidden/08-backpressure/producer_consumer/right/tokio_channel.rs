//! right: Tokio's channel, used by threads. Its receiver can close it from the other end, which std's cannot.
//! not modelled: tokio's channel waits for real.

use std::num::NonZeroUsize;
use std::sync::Mutex;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// The buffer is closed; here is the item back.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

/// Why an item did not go in; here it is back.
#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    /// Every place is taken.
    Full(T),
    /// The buffer is closed, full or not.
    Closed(T),
}

pub struct BoundedBuffer<T> {
    sender: Mutex<Option<Sender<T>>>,
    receiver: Mutex<Receiver<T>>,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel(capacity.get());
        Self { sender: Mutex::new(Some(sender)), receiver: Mutex::new(receiver) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        // A clone, so that nobody waits under the lock.
        let Some(sender) = self.sender() else { return Err(Closed(item)) };
        sender.blocking_send(item).map_err(|error| Closed(error.0))
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let Some(sender) = self.sender() else { return Err(TryPushError::Closed(item)) };
        sender.try_send(item).map_err(|error| match error {
            TrySendError::Full(item) => TryPushError::Full(item),
            TrySendError::Closed(item) => TryPushError::Closed(item),
        })
    }

    pub fn pop(&self) -> Option<T> {
        self.receiver.lock().unwrap().blocking_recv()
    }

    pub fn close(&self) {
        // Once the last sender is gone, no pop waits under the receiver's lock: pushes hold clones only while the
        // buffer is full, and then no pop waits.
        drop(self.sender.lock().unwrap().take());
        self.receiver.lock().unwrap().close();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        match self.sender() {
            Some(sender) => sender.max_capacity() - sender.capacity(),
            None => self.receiver.lock().unwrap().len(),
        }
    }

    fn sender(&self) -> Option<Sender<T>> {
        self.sender.lock().unwrap().clone()
    }
}
