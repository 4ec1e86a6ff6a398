//! caught by: close_gives_every_waiting_push_its_item_back (failed)
//! idea: A channel of std is a bounded buffer, and dropping its sender is how to close it.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

pub struct BoundedBuffer<T> {
    sender: Mutex<Option<SyncSender<T>>>,
    receiver: Mutex<Receiver<T>>,
    inside: AtomicUsize,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::sync_channel(capacity.get());
        Self { sender: Mutex::new(Some(sender)), receiver: Mutex::new(receiver), inside: AtomicUsize::new(0) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let sender = self.sender.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(Closed(item)) };
        sender.send(item).map_err(|error| Closed(error.0))?;
        self.inside.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let sender = self.sender.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(TryPushError::Closed(item)) };
        sender.try_send(item).map_err(|error| match error {
            TrySendError::Full(item) => TryPushError::Full(item),
            TrySendError::Disconnected(item) => TryPushError::Closed(item),
        })?;
        self.inside.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let item = self.receiver.lock().unwrap().recv().ok()?;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        Some(item)
    }

    pub fn close(&self) {
        self.sender.lock().unwrap().take();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }
}
