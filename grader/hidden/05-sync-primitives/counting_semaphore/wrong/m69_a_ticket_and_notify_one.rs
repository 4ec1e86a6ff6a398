//! caught by: every_permit_that_comes_back_wakes_somebody (deadlocked)
//! idea: One permit, one notification: it reaches the thread whose turn it is.

use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    tickets: Mutex<Tickets>,
    served: Condvar,
}

struct Tickets {
    next: usize,
    serving: usize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { tickets: Mutex::new(Tickets { next: 0, serving: permits }), served: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut tickets = self.tickets.lock().unwrap();
        let mine = tickets.next;
        tickets.next += 1;
        while tickets.serving <= mine {
            tickets = self.served.wait(tickets).unwrap();
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut tickets = self.tickets.lock().unwrap();
        if tickets.next >= tickets.serving {
            return None;
        }
        tickets.next += 1;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.tickets.lock().unwrap().serving += n;
        self.served.notify_all();
    }

    pub fn available(&self) -> usize {
        let tickets = self.tickets.lock().unwrap();
        tickets.serving.saturating_sub(tickets.next)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.tickets.lock().unwrap().serving += 1;
        self.semaphore.served.notify_one();
    }
}
