//! Things that are lent out, and come back by being dropped.

use std::ops::Deref;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};

// ANCHOR: pool
/// Things to borrow. A queue knows how to wait, so it does the waiting.
pub struct Pool<T> {
    free: Mutex<Receiver<T>>,
    back: Sender<T>,
}

/// A thing from a pool. It goes back when this value is dropped.
pub struct Lent<'a, T> {
    thing: Option<T>,
    pool: &'a Pool<T>,
}

impl<T> Pool<T> {
    /// A thing, as soon as one is free.
    pub fn borrow(&self) -> Lent<'_, T> {
        let thing = self.free.lock().unwrap().recv().expect("we hold a sender");
        Lent { thing: Some(thing), pool: self }
    }
}

impl<T> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        if let Some(thing) = self.thing.take() {
            // The receiver is in the pool that we borrow, so it is there.
            let _ = self.pool.back.send(thing);
        }
    }
}
// ANCHOR_END: pool

impl<T> FromIterator<T> for Pool<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let (back, free) = mpsc::channel();
        for thing in things {
            back.send(thing).expect("the receiver is ours");
        }
        Self { free: Mutex::new(free), back }
    }
}

impl<T> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.thing.as_ref().expect("it is there until it is dropped")
    }
}
