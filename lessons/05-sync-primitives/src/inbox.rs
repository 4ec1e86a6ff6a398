//! Waiting for something that only one can have.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

// ANCHOR: inbox
/// Letters, each of which is taken by one reader.
pub struct Inbox<T> {
    letters: Mutex<VecDeque<T>>,
    arrived: Condvar,
}

impl<T> Inbox<T> {
    /// Puts a letter in.
    pub fn put(&self, letter: T) {
        self.letters.lock().unwrap().push_back(letter);
        self.arrived.notify_one();
    }

    /// Puts many letters in.
    pub fn put_all(&self, letters: impl IntoIterator<Item = T>) {
        self.letters.lock().unwrap().extend(letters);
        self.arrived.notify_all();
    }

    /// Takes a letter out, as soon as there is one.
    pub fn take(&self) -> T {
        let mut letters = self.letters.lock().unwrap();
        loop {
            if let Some(letter) = letters.pop_front() {
                return letter;
            }
            letters = self.arrived.wait(letters).unwrap();
        }
    }
}
// ANCHOR_END: inbox

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self { letters: Mutex::default(), arrived: Condvar::new() }
    }
}

impl<T> Inbox<T> {
    // Wrong on purpose: the letter may be gone.
    // ANCHOR: woken_means_there
    /// Takes a letter out, as soon as there is one.
    pub fn take_after_one_wait(&self) -> T {
        let mut letters = self.letters.lock().unwrap();
        if letters.is_empty() {
            letters = self.arrived.wait(letters).unwrap();
        }
        letters.pop_front().expect("we were woken, so there is a letter")
    }
    // ANCHOR_END: woken_means_there

    // Wrong on purpose: wakes one reader for many letters.
    // ANCHOR: many_for_one
    /// Puts many letters in.
    pub fn put_all_for_one(&self, letters: impl IntoIterator<Item = T>) {
        self.letters.lock().unwrap().extend(letters);
        self.arrived.notify_one();
    }
    // ANCHOR_END: many_for_one
}

/// Two letters for two readers.
pub fn two_readers(take: fn(&Inbox<char>) -> char) {
    let inbox = Arc::new(Inbox::default());
    let readers = [(); 2].map(|()| {
        let inbox = inbox.clone();
        thread::spawn(move || take(&inbox))
    });
    inbox.put('a');
    inbox.put('b');
    for reader in readers {
        reader.join().unwrap();
    }
}
