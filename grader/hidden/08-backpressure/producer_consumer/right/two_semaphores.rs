//! right: Two semaphores of our own count places and items. One item too many, at the end, is the bell.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
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

#[derive(Default)]
struct Semaphore {
    permits: Mutex<usize>,
    released: Condvar,
}

impl Semaphore {
    fn acquire(&self) {
        let mut permits = self.permits.lock().unwrap();
        while *permits == 0 {
            permits = self.released.wait(permits).unwrap();
        }
        *permits -= 1;
    }

    fn try_acquire(&self) -> bool {
        let mut permits = self.permits.lock().unwrap();
        let available = *permits > 0;
        *permits -= usize::from(available);
        available
    }

    fn release(&self) {
        *self.permits.lock().unwrap() += 1;
        self.released.notify_one();
    }
}

/// A push claims a place first and looks at the queue only then: for a moment the place is taken, and empty.
pub struct BoundedBuffer<T> {
    places: Semaphore,
    items: Semaphore,
    queue: Mutex<Queue<T>>,
}

struct Queue<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let places = Semaphore { permits: Mutex::new(capacity.get()), ..Semaphore::default() };
        let queue = Mutex::new(Queue { items: VecDeque::new(), closed: false });
        Self { places, items: Semaphore::default(), queue }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        self.places.acquire();
        self.put(item)
    }

    /// Into a place that is ours.
    fn put(&self, item: T) -> Result<(), Closed<T>> {
        let mut queue = self.queue.lock().unwrap();
        if queue.closed {
            drop(queue);
            // For the next one who waits for a place and is to be sent back.
            self.places.release();
            return Err(Closed(item));
        }
        queue.items.push_back(item);
        drop(queue);
        self.items.release();
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        if self.places.try_acquire() {
            return self.put(item).map_err(|Closed(item)| TryPushError::Closed(item));
        }
        if self.queue.lock().unwrap().closed { Err(TryPushError::Closed(item)) } else { Err(TryPushError::Full(item)) }
    }

    pub fn pop(&self) -> Option<T> {
        self.items.acquire();
        let item = self.queue.lock().unwrap().items.pop_front();
        if item.is_some() {
            self.places.release();
        } else {
            // That was the bell. It rings for everybody.
            self.items.release();
        }
        item
    }

    pub fn close(&self) {
        let was_closed = std::mem::replace(&mut self.queue.lock().unwrap().closed, true);
        if !was_closed {
            self.items.release();
            self.places.release();
        }
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.queue.lock().unwrap().items.len()
    }
}
