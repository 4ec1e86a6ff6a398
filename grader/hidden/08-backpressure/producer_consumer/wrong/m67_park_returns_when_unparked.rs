//! caught by: a_stray_unpark_lets_nobody_go_on (failed)
//! idea: `park` returns when somebody has called `unpark` for this wait, so by then the item is there.

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
    producers: VecDeque<Thread>,
    consumers: VecDeque<Thread>,
    /// Items and places that belong to threads which were woken for them.
    promised_items: usize,
    promised_places: usize,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

impl<T> State<T> {
    fn put(&mut self, item: T) {
        self.items.push_back(item);
        if let Some(thread) = self.consumers.pop_front() {
            self.promised_items += 1;
            thread.unpark();
        }
    }
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State {
            items: VecDeque::new(),
            closed: false,
            producers: VecDeque::new(),
            consumers: VecDeque::new(),
            promised_items: 0,
            promised_places: 0,
        };
        Self { capacity: capacity.get(), state: Mutex::new(state) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut state = self.state.lock().unwrap();
        if !state.closed && state.items.len() + state.promised_places >= self.capacity {
            state.producers.push_back(thread::current());
            drop(state);
            thread::park();
            state = self.state.lock().unwrap();
            state.promised_places = state.promised_places.saturating_sub(1);
        }
        if state.closed {
            return Err(Closed(item));
        }
        state.put(item);
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut state = self.state.lock().unwrap();
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.items.len() + state.promised_places >= self.capacity {
            return Err(TryPushError::Full(item));
        }
        state.put(item);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        if !state.closed && state.items.len() <= state.promised_items {
            state.consumers.push_back(thread::current());
            drop(state);
            thread::park();
            state = self.state.lock().unwrap();
            state.promised_items = state.promised_items.saturating_sub(1);
        }
        let item = state.items.pop_front()?;
        if let Some(thread) = state.producers.pop_front() {
            state.promised_places += 1;
            thread.unpark();
        }
        Some(item)
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        let producers = std::mem::take(&mut state.producers);
        let consumers = std::mem::take(&mut state.consumers);
        producers.into_iter().chain(consumers).for_each(|thread| thread.unpark());
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
