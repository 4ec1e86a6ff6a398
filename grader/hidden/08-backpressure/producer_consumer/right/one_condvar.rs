//! right: One condition variable for everybody, and `notify_all` for every change.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex};

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

/// Room is set aside at once; after `close` the capacity is as good as zero.
pub struct BoundedBuffer<T> {
    state: Mutex<(VecDeque<T>, bool)>,
    capacity: usize,
    changed: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let capacity = capacity.get();
        Self { state: Mutex::new((VecDeque::with_capacity(capacity), false)), capacity, changed: Condvar::new() }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let state = self.state.lock().unwrap();
        let full = |state: &mut (VecDeque<T>, bool)| !state.1 && state.0.len() >= self.capacity;
        let mut state = self.changed.wait_while(state, full).unwrap();
        if state.1 {
            return Err(Closed(item));
        }
        state.0.push_back(item);
        self.changed.notify_all();
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut state = self.state.lock().unwrap();
        match &mut *state {
            (_, true) => Err(TryPushError::Closed(item)),
            (items, false) if items.len() >= self.capacity => Err(TryPushError::Full(item)),
            (items, false) => {
                items.push_back(item);
                self.changed.notify_all();
                Ok(())
            }
        }
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(item) = state.0.pop_front() {
                self.changed.notify_all();
                return Some(item);
            }
            if state.1 {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    pub fn close(&self) {
        self.state.lock().unwrap().1 = true;
        self.changed.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().0.len()
    }
}
