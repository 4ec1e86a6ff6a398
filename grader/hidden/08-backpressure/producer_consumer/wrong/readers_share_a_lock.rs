//! caught by: any_item_will_do_that_may_move_to_another_thread (does_not_compile)
//! idea: `len` only reads, so an `RwLock` lets any number of threads ask at once.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, RwLock};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

struct State {
    inside: usize,
    closed: bool,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    items: RwLock<VecDeque<T>>,
    state: Mutex<State>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            items: RwLock::new(VecDeque::new()),
            state: Mutex::new(State { inside: 0, closed: false }),
            not_full: Condvar::new(),
            not_empty: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut state = self.state.lock().unwrap();
        while state.inside == self.capacity && !state.closed {
            state = self.not_full.wait(state).unwrap();
        }
        if state.closed {
            return Err(Closed(item));
        }
        state.inside += 1;
        self.items.write().unwrap().push_back(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.inside == self.capacity {
            return Err(TryPushError::Full(item));
        }
        state.inside += 1;
        self.items.write().unwrap().push_back(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while state.inside == 0 && !state.closed {
            state = self.not_empty.wait(state).unwrap();
        }
        let item = self.items.write().unwrap().pop_front();
        state.inside -= usize::from(item.is_some());
        self.not_full.notify_one();
        item
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        self.not_full.notify_all();
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.items.read().unwrap().len()
    }
}
