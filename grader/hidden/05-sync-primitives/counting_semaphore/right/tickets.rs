//! right: everybody draws a ticket, and a display shows how many tickets are served; first come, first served.

use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    tickets: Mutex<Tickets>,
    display: Condvar,
}

struct Tickets {
    /// The number of the next ticket.
    next: usize,
    /// Tickets below this number have, or have had, a permit.
    served: usize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { tickets: Mutex::new(Tickets { next: 0, served: permits }), display: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut tickets = self.tickets.lock().unwrap();
        let mine = tickets.next;
        tickets.next += 1;
        drop(self.display.wait_while(tickets, |tickets| tickets.served <= mine).unwrap());
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut tickets = self.tickets.lock().unwrap();
        if tickets.next >= tickets.served {
            return None;
        }
        tickets.next += 1;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.tickets.lock().unwrap().served += n;
        // All of them: one of those who are not meant would only sleep on.
        self.display.notify_all();
    }

    pub fn available(&self) -> usize {
        let tickets = self.tickets.lock().unwrap();
        tickets.served.saturating_sub(tickets.next)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
