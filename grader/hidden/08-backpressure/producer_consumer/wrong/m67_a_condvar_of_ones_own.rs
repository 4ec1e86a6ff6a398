//! caught by: whoever_is_woken_for_no_reason_waits_on (failed)
//! idea: On a condition variable of its own, a thread is woken only by whoever has laid something down for it.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex};

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    Full(T),
    Closed(T),
}

/// What a waiting pop is handed.
struct Tray<T> {
    item: Mutex<Option<T>>,
    filled: Condvar,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    waiting: VecDeque<Arc<Tray<T>>>,
}

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    not_full: Condvar,
}

impl<T> State<T> {
    fn put(&mut self, item: T) {
        match self.waiting.pop_front() {
            Some(tray) => {
                *tray.item.lock().unwrap() = Some(item);
                tray.filled.notify_one();
            }
            None => self.items.push_back(item),
        }
    }
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::new(), closed: false, waiting: VecDeque::new() };
        Self { capacity: capacity.get(), state: Mutex::new(state), not_full: Condvar::new() }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut state = self.state.lock().unwrap();
        while state.items.len() == self.capacity && !state.closed {
            state = self.not_full.wait(state).unwrap();
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
        if state.items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        state.put(item);
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        if let Some(item) = state.items.pop_front() {
            self.not_full.notify_one();
            return Some(item);
        }
        if state.closed {
            return None;
        }
        let tray = Arc::new(Tray { item: Mutex::new(None), filled: Condvar::new() });
        state.waiting.push_back(tray.clone());
        let item = tray.item.lock().unwrap();
        drop(state);
        // Filled, or closed and empty.
        let item = tray.filled.wait(item).unwrap().take();
        self.not_full.notify_one();
        item
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        self.not_full.notify_all();
        for tray in state.waiting.drain(..) {
            let _item = tray.item.lock().unwrap();
            tray.filled.notify_one();
        }
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
