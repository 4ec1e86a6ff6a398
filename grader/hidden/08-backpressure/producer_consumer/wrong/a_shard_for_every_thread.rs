//! caught by: the_order_holds_across_threads (failed)
//! idea: A queue for each group of threads lets them work without waiting for each other, and each queue is in order.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex};
use std::thread::{self, ThreadId};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

struct State<T> {
    shards: Vec<(ThreadId, VecDeque<T>)>,
    inside: usize,
    closed: bool,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> State<T> {
    fn put(&mut self, item: T) {
        self.inside += 1;
        let this = thread::current().id();
        match self.shards.iter_mut().find(|shard| shard.0 == this) {
            Some(shard) => shard.1.push_back(item),
            None => self.shards.push((this, VecDeque::from([item]))),
        }
    }

    fn take(&mut self) -> Option<T> {
        // The youngest producer first: its items are still in the cache.
        let item = self.shards.iter_mut().rev().find_map(|shard| shard.1.pop_front())?;
        self.inside -= 1;
        self.shards.retain(|shard| !shard.1.is_empty());
        Some(item)
    }
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            state: Mutex::new(State { shards: Vec::new(), inside: 0, closed: false }),
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
        state.put(item);
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
        state.put(item);
        self.not_empty.notify_one();
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while state.inside == 0 && !state.closed {
            state = self.not_empty.wait(state).unwrap();
        }
        let item = state.take();
        self.not_full.notify_one();
        item
    }

    pub fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.not_full.notify_all();
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().inside
    }
}
