//! caught by: items_left_are_dropped_with_the_buffer (failed)
//! idea: A ring of `MaybeUninit` is dropped like any other field.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;
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
    slots: Box<[MaybeUninit<T>]>,
    first: usize,
    inside: usize,
    closed: bool,
}

impl<T> Ring<T> {
    fn put(&mut self, item: T) {
        let slot = (self.first + self.inside) % self.slots.len();
        self.slots[slot].write(item);
        self.inside += 1;
    }

    fn take(&mut self) -> Option<T> {
        if self.inside == 0 {
            return None;
        }
        // SAFETY: the `inside` slots from `first` on have been written and not been read.
        let item = unsafe { self.slots[self.first].assume_init_read() };
        self.first = (self.first + 1) % self.slots.len();
        self.inside -= 1;
        Some(item)
    }
}

pub struct BoundedBuffer<T> {
    ring: Mutex<Ring<T>>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let slots = (0..capacity.get()).map(|_| MaybeUninit::uninit()).collect();
        let ring = Ring { slots, first: 0, inside: 0, closed: false };
        Self { ring: Mutex::new(ring), not_full: Condvar::new(), not_empty: Condvar::new() }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut ring = self.ring.lock().unwrap();
        while ring.inside == ring.slots.len() && !ring.closed {
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
        if ring.inside == ring.slots.len() {
            return Err(TryPushError::Full(item));
        }
        ring.put(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut ring = self.ring.lock().unwrap();
        while ring.inside == 0 && !ring.closed {
            ring = self.not_empty.wait(ring).unwrap();
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
        self.ring.lock().unwrap().inside
    }
}
