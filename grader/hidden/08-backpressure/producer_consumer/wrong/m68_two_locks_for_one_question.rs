//! caught by: close_reaches_a_push_that_is_about_to_wait (deadlocked)
//! idea: Items and the end are two things, so each has a lock of its own.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    items: Mutex<VecDeque<T>>,
    closed: Mutex<bool>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            items: Mutex::new(VecDeque::new()),
            closed: Mutex::new(false),
            not_full: Condvar::new(),
            not_empty: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut items = self.items.lock().unwrap();
        while items.len() == self.capacity && !*self.closed.lock().unwrap() {
            items = self.not_full.wait(items).unwrap();
        }
        if *self.closed.lock().unwrap() {
            return Err(Closed(item));
        }
        items.push_back(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut items = self.items.lock().unwrap();
        if *self.closed.lock().unwrap() {
            return Err(TryPushError::Closed(item));
        }
        if items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        items.push_back(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut items = self.items.lock().unwrap();
        while items.is_empty() && !*self.closed.lock().unwrap() {
            items = self.not_empty.wait(items).unwrap();
        }
        let item = items.pop_front();
        self.not_full.notify_one();
        item
    }

    pub fn close(&self) {
        *self.closed.lock().unwrap() = true;
        self.not_full.notify_all();
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.items.lock().unwrap().len()
    }
}
