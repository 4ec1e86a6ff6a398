//! caught by: what_push_says_is_what_becomes_of_the_item (failed)
//! idea: A place that was claimed while the buffer was open may be filled afterwards.

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

struct Places {
    free: usize,
    closed: bool,
}

struct Items<T> {
    queue: VecDeque<T>,
    closed: bool,
}

pub struct BoundedBuffer<T> {
    places: Mutex<Places>,
    not_full: Condvar,
    items: Mutex<Items<T>>,
    not_empty: Condvar,
}

impl<T> BoundedBuffer<T> {
    pub fn new(capacity: NonZeroUsize) -> Self {
        Self {
            places: Mutex::new(Places { free: capacity.get(), closed: false }),
            not_full: Condvar::new(),
            items: Mutex::new(Items { queue: VecDeque::new(), closed: false }),
            not_empty: Condvar::new(),
        }
    }

    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut places = self.places.lock().unwrap();
        while places.free == 0 && !places.closed {
            places = self.not_full.wait(places).unwrap();
        }
        if places.closed {
            return Err(Closed(item));
        }
        places.free -= 1;
        drop(places);
        self.put(item);
        Ok(())
    }

    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let mut places = self.places.lock().unwrap();
        if places.closed {
            return Err(TryPushError::Closed(item));
        }
        if places.free == 0 {
            return Err(TryPushError::Full(item));
        }
        places.free -= 1;
        drop(places);
        self.put(item);
        Ok(())
    }

    fn put(&self, item: T) {
        self.items.lock().unwrap().queue.push_back(item);
        self.not_empty.notify_one();
    }

    pub fn pop(&self) -> Option<T> {
        let mut items = self.items.lock().unwrap();
        while items.queue.is_empty() && !items.closed {
            items = self.not_empty.wait(items).unwrap();
        }
        let item = items.queue.pop_front()?;
        drop(items);
        self.places.lock().unwrap().free += 1;
        self.not_full.notify_one();
        Some(item)
    }

    pub fn close(&self) {
        self.places.lock().unwrap().closed = true;
        self.not_full.notify_all();
        self.items.lock().unwrap().closed = true;
        self.not_empty.notify_all();
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.items.lock().unwrap().queue.len()
    }
}
