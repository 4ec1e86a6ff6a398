//! caught by: one_item_lets_one_waiting_pop_go_on (failed)
//! idea: It is enough to know which thread waits for an item, and which for a place.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread::{self, Thread};

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
    producer: Option<Thread>,
    consumer: Option<Thread>,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

fn wake(thread: &mut Option<Thread>) {
    if let Some(thread) = thread.take() {
        thread.unpark();
    }
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::new(), closed: false, producer: None, consumer: None };
        Self { capacity: capacity.get(), state: Mutex::new(state) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        loop {
            let mut state = self.state.lock().unwrap();
            if state.closed {
                return Err(Closed(item));
            }
            if state.items.len() < self.capacity {
                state.items.push_back(item);
                wake(&mut state.consumer);
                return Ok(());
            }
            state.producer = Some(thread::current());
            drop(state);
            thread::park();
        }
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
        wake(&mut state.consumer);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        loop {
            let mut state = self.state.lock().unwrap();
            if let Some(item) = state.items.pop_front() {
                wake(&mut state.producer);
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state.consumer = Some(thread::current());
            drop(state);
            thread::park();
        }
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        wake(&mut state.producer);
        wake(&mut state.consumer);
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
