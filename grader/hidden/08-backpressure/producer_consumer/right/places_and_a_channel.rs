//! right: A channel of std carries the items; places are counted before it, because its `send` knows no `close`.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Condvar, Mutex};

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

/// Who holds a place finds room in the channel. One pop at a time waits at the channel, the others for the lock.
pub struct BoundedBuffer<T> {
    places: Mutex<Places>,
    changed: Condvar,
    sender: Mutex<Option<SyncSender<T>>>,
    receiver: Mutex<Receiver<T>>,
    inside: AtomicUsize,
}

struct Places {
    free: usize,
    closed: bool,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::sync_channel(capacity.get());
        Self {
            places: Mutex::new(Places { free: capacity.get(), closed: false }),
            changed: Condvar::new(),
            sender: Mutex::new(Some(sender)),
            receiver: Mutex::new(receiver),
            inside: AtomicUsize::new(0),
        }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let places = self.places.lock().unwrap();
        let mut places = self.changed.wait_while(places, |places| places.free == 0 && !places.closed).unwrap();
        if places.closed {
            return Err(Closed(item));
        }
        places.free -= 1;
        drop(places);
        self.send(item)
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut places = self.places.lock().unwrap();
        if places.closed {
            return Err(TryPushError::Closed(item));
        }
        if places.free == 0 {
            return Err(TryPushError::Full(item));
        }
        places.free -= 1;
        drop(places);
        self.send(item).map_err(|Closed(item)| TryPushError::Closed(item))
    }

    /// Into a place that is ours. Closed meanwhile, nobody needs it back.
    fn send(&self, item: T) -> Result<(), Closed<T>> {
        let sender = self.sender.lock().unwrap();
        let Some(sender) = &*sender else { return Err(Closed(item)) };
        self.inside.fetch_add(1, Ordering::SeqCst);
        sender.send(item).map_err(|error| Closed(error.0))
    }

    pub fn pop(&self) -> Option<T> {
        let item = self.receiver.lock().unwrap().recv().ok()?;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        self.places.lock().unwrap().free += 1;
        self.changed.notify_one();
        Some(item)
    }

    pub fn close(&self) {
        self.places.lock().unwrap().closed = true;
        self.changed.notify_all();
        // The receiver gets what is in the channel, and then the end.
        self.sender.lock().unwrap().take();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }
}
