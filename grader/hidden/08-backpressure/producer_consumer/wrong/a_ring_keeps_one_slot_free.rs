//! caught by: as_many_items_fit_in_as_the_capacity_says (failed)
//! idea: In a ring, head and tail are equal when it is empty, so one slot stays free to tell that from full.

use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

struct Ring<T> {
    slots: Vec<Option<T>>,
    head: usize,
    tail: usize,
    closed: bool,
}

impl<T> Ring<T> {
    fn is_empty(&self) -> bool {
        self.head == self.tail
    }

    fn is_full(&self) -> bool {
        (self.tail + 1) % self.slots.len() == self.head
    }

    fn put(&mut self, item: T) {
        let tail = self.tail;
        self.slots[tail] = Some(item);
        self.tail = (tail + 1) % self.slots.len();
    }

    fn take(&mut self) -> Option<T> {
        let head = self.head;
        self.head = (head + 1) % self.slots.len();
        self.slots[head].take()
    }
}

pub struct BoundedBuffer<T> {
    ring: Mutex<Ring<T>>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let slots = (0..capacity.get()).map(|_| None).collect();
        let ring = Ring { slots, head: 0, tail: 0, closed: false };
        Self { ring: Mutex::new(ring), not_full: Condvar::new(), not_empty: Condvar::new() }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut ring = self.ring.lock().unwrap();
        while ring.is_full() && !ring.closed {
            ring = self.not_full.wait(ring).unwrap();
        }
        if ring.closed {
            return Err(Closed(item));
        }
        ring.put(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut ring = self.ring.lock().unwrap();
        if ring.closed {
            return Err(TryPushError::Closed(item));
        }
        if ring.is_full() {
            return Err(TryPushError::Full(item));
        }
        ring.put(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut ring = self.ring.lock().unwrap();
        while ring.is_empty() && !ring.closed {
            ring = self.not_empty.wait(ring).unwrap();
        }
        if ring.is_empty() {
            return None;
        }
        let item = ring.take();
        self.not_full.notify_one();
        item
    }

    pub fn close(&self) {
        self.ring.lock().unwrap().closed = true;
        self.not_full.notify_all();
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        let ring = self.ring.lock().unwrap();
        (ring.tail + ring.slots.len() - ring.head) % ring.slots.len()
    }
}
