//! right: No condition variables: threads write themselves down and park. The latest to wait is the first to be woken.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard};
use std::thread::{self, Thread};

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

pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    pushing: Vec<Thread>,
    popping: Vec<Thread>,
}

impl<T> State<T> {
    fn end(&mut self) {
        self.closed = true;
        for thread in self.pushing.drain(..).chain(self.popping.drain(..)) {
            thread.unpark();
        }
    }
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::new(), closed: false, pushing: Vec::new(), popping: Vec::new() };
        Self { capacity: capacity.get(), state: Mutex::new(state) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut state = self.state.lock().unwrap();
        while !state.closed && state.items.len() == self.capacity {
            state = self.doze(state, |state| &mut state.pushing);
        }
        if state.closed {
            return Err(Closed(item));
        }
        Self::put(state, item);
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let state = self.state.lock().unwrap();
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        Self::put(state, item);
        Ok(())
    }

    fn put(mut state: MutexGuard<'_, State<T>>, item: T) {
        state.items.push_back(item);
        if let Some(thread) = state.popping.pop() {
            thread.unpark();
        }
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        while !state.closed && state.items.is_empty() {
            state = self.doze(state, |state| &mut state.popping);
        }
        let item = state.items.pop_front();
        if item.is_some()
            && let Some(thread) = state.pushing.pop()
        {
            thread.unpark();
        }
        item
    }

    /// Waits until the calling thread has been taken from the list. A token left over from elsewhere wakes it in
    /// vain: it finds itself still written down.
    fn doze<'a>(
        &'a self,
        mut state: MutexGuard<'a, State<T>>,
        list: fn(&mut State<T>) -> &mut Vec<Thread>,
    ) -> MutexGuard<'a, State<T>> {
        let this = thread::current();
        list(&mut state).push(this.clone());
        loop {
            drop(state);
            thread::park();
            state = self.state.lock().unwrap();
            if list(&mut state).iter().all(|thread| thread.id() != this.id()) {
                return state;
            }
        }
    }

    pub fn close(&self) {
        self.state.lock().unwrap().end();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
