//! right: Nobody fights for anything: who waits leaves a letterbox, and gets the item, the place or the end by post.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};

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
    /// Waiting pushes; there are some only while every place is taken.
    offers: VecDeque<(T, Sender<Result<(), Closed<T>>>)>,
    /// Waiting pops; there are some only while there is no item.
    requests: VecDeque<Sender<T>>,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::new(), closed: false, offers: VecDeque::new(), requests: VecDeque::new() };
        Self { capacity: capacity.get(), state: Mutex::new(state) }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let answer = {
            let mut state = self.state.lock().unwrap();
            match self.offer(&mut state, item) {
                Ok(()) => return Ok(()),
                Err(TryPushError::Closed(item)) => return Err(Closed(item)),
                Err(TryPushError::Full(item)) => {
                    let (tell, answer) = mpsc::channel();
                    state.offers.push_back((item, tell));
                    answer
                }
            }
        };
        answer.recv().expect("every offer is answered")
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        self.offer(&mut self.state.lock().unwrap(), item)
    }

    fn offer(&self, state: &mut State<T>, item: T) -> Result<(), TryPushError<T>> {
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        match state.requests.pop_front() {
            Some(request) => request.send(item).expect("a pop that waits listens"),
            None => state.items.push_back(item),
        }
        Ok(())
    }

    pub fn pop(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap();
        if let Some(item) = state.items.pop_front() {
            if let Some((next, tell)) = state.offers.pop_front() {
                state.items.push_back(next);
                tell.send(Ok(())).expect("a push that waits listens");
            }
            return Some(item);
        }
        if state.closed {
            return None;
        }
        let (tell, answer) = mpsc::channel();
        state.requests.push_back(tell);
        drop(state);
        // A sender that is dropped is the end.
        answer.recv().ok()
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap();
        state.closed = true;
        state.requests.clear();
        for (item, tell) in state.offers.drain(..) {
            let _ = tell.send(Err(Closed(item)));
        }
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().items.len()
    }
}
