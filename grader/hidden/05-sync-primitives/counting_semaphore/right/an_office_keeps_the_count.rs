//! right: ugly; a thread owns the count, and everybody else sends it letters. A permit comes back by letter, too, so it
//! is free a little after it has been dropped.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

enum Letter {
    /// Answered when there is a permit.
    Acquire(Sender<()>),
    TryAcquire(Sender<bool>),
    Available(Sender<usize>),
    Add(usize),
}

pub struct CountingSemaphore {
    letters: Option<Sender<Letter>>,
    office: Option<JoinHandle<()>>,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        let (letters, inbox) = mpsc::channel();
        let office = thread::spawn(move || keep_count(permits, &inbox));
        Self { letters: Some(letters), office: Some(office) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        self.ask(Letter::Acquire);
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.ask(Letter::TryAcquire).then(|| Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.send(Letter::Add(n));
    }

    pub fn available(&self) -> usize {
        self.ask(Letter::Available)
    }

    fn ask<T>(&self, letter: impl FnOnce(Sender<T>) -> Letter) -> T {
        let (answer, answered) = mpsc::channel();
        self.send(letter(answer));
        answered.recv().expect("the office answers every letter")
    }

    fn send(&self, letter: Letter) {
        let letters = self.letters.as_ref().expect("the office is open until the semaphore is dropped");
        letters.send(letter).expect("the office is open until the semaphore is dropped");
    }
}

fn keep_count(mut free: usize, inbox: &Receiver<Letter>) {
    let mut waiting = VecDeque::new();
    for letter in inbox {
        match letter {
            Letter::Acquire(answer) => waiting.push_back(answer),
            Letter::TryAcquire(answer) => {
                let some_free = free > 0;
                free -= usize::from(some_free);
                let _ = answer.send(some_free);
            }
            Letter::Available(answer) => drop(answer.send(free)),
            Letter::Add(n) => free += n,
        }
        while free > 0
            && let Some(answer) = waiting.pop_front()
        {
            free -= 1;
            let _ = answer.send(());
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}

impl Drop for CountingSemaphore {
    fn drop(&mut self) {
        self.letters = None;
        if let Some(office) = self.office.take() {
            let _ = office.join();
        }
    }
}
