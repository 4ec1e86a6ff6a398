//! right: A ring of slots with a lock at either end; producers and consumers meet only in the count.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

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
    slots: Box<[Mutex<Option<T>>]>,
    /// Goes up only under `tail`, down only under `head`.
    inside: AtomicUsize,
    tail: Mutex<End>,
    not_full: Condvar,
    head: Mutex<End>,
    not_empty: Condvar,
}

struct End {
    slot: usize,
    closed: bool,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self {
            slots: (0..capacity.get()).map(|_| Mutex::new(None)).collect(),
            inside: AtomicUsize::new(0),
            tail: Mutex::new(End { slot: 0, closed: false }),
            not_full: Condvar::new(),
            head: Mutex::new(End { slot: 0, closed: false }),
            not_empty: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut tail = self.tail.lock().unwrap();
        while self.is_full() && !tail.closed {
            tail = self.not_full.wait(tail).unwrap();
        }
        if tail.closed {
            return Err(Closed(item));
        }
        self.put(tail, item);
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let tail = self.tail.lock().unwrap();
        if tail.closed {
            return Err(TryPushError::Closed(item));
        }
        if self.is_full() {
            return Err(TryPushError::Full(item));
        }
        self.put(tail, item);
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.inside.load(Ordering::SeqCst) == self.slots.len()
    }

    fn put(&self, mut tail: MutexGuard<'_, End>, item: T) {
        *self.slots[tail.slot].lock().unwrap() = Some(item);
        tail.slot = (tail.slot + 1) % self.slots.len();
        let before = self.inside.fetch_add(1, Ordering::SeqCst);
        if before + 1 < self.slots.len() {
            // A pop tells one push that the buffer is no longer full; pushes tell each other of the rest.
            self.not_full.notify_one();
        }
        drop(tail);
        if before == 0 {
            // Under the lock, so that no pop is between its look at the count and its sleep.
            let _head = self.head.lock().unwrap();
            self.not_empty.notify_one();
        }
    }

    pub fn pop(&self) -> Option<T> {
        let mut head = self.head.lock().unwrap();
        while self.inside.load(Ordering::SeqCst) == 0 {
            // The tail was closed before the head: what was to come is here.
            if head.closed {
                return None;
            }
            head = self.not_empty.wait(head).unwrap();
        }
        let item = self.slots[head.slot].lock().unwrap().take();
        head.slot = (head.slot + 1) % self.slots.len();
        let before = self.inside.fetch_sub(1, Ordering::SeqCst);
        if before > 1 {
            self.not_empty.notify_one();
        }
        drop(head);
        if before == self.slots.len() {
            let _tail = self.tail.lock().unwrap();
            self.not_full.notify_one();
        }
        item
    }

    pub fn close(&self) {
        self.tail.lock().unwrap().closed = true;
        self.not_full.notify_all();
        self.head.lock().unwrap().closed = true;
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }
}
