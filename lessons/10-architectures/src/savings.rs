//! Savings in two drawers with a lock each, and questions that need both.

use std::mem;
use std::sync::Mutex;
use std::thread;

// ANCHOR: savings
/// Savings in drawers. Account `n` lies in drawer `n % drawers`.
pub struct Savings {
    drawers: Vec<Mutex<Vec<i64>>>,
}
// ANCHOR_END: savings

impl Savings {
    /// `each` in every one of `drawers × in_each` accounts.
    pub fn new(drawers: usize, in_each: usize, each: i64) -> Self {
        Self { drawers: (0..drawers).map(|_| Mutex::new(vec![each; in_each])).collect() }
    }

    fn drawer(&self, account: usize) -> (&Mutex<Vec<i64>>, usize) {
        (&self.drawers[account % self.drawers.len()], account / self.drawers.len())
    }

    /// The balance of one account.
    pub fn balance(&self, account: usize) -> i64 {
        let (drawer, place) = self.drawer(account);
        drawer.lock().unwrap()[place]
    }
}

// Wrong on purpose: it locks in the order of its arguments, and the same drawer twice.
// ANCHOR: level
impl Savings {
    /// Shares what two accounts have equally between them.
    pub fn level(&self, one: usize, other: usize) {
        let (drawer, place) = self.drawer(one);
        let (other_drawer, other_place) = self.drawer(other);
        let mut first = drawer.lock().unwrap();
        let mut second = other_drawer.lock().unwrap();
        let both = first[place] + second[other_place];
        first[place] = both / 2;
        second[other_place] = both - both / 2;
    }
}
// ANCHOR_END: level

// ANCHOR: move_all
impl Savings {
    /// Moves everything from the first drawer to the second.
    pub fn move_all(&self) {
        let mut first = self.drawers[0].lock().unwrap();
        let mut second = self.drawers[1].lock().unwrap();
        for (from, to) in first.iter_mut().zip(second.iter_mut()) {
            *to += mem::take(from);
        }
    }
}
// ANCHOR_END: move_all

// Wrong on purpose: a drawer that has been counted may be filled while the next one is counted.
// ANCHOR: one_by_one
impl Savings {
    /// All savings.
    pub fn total_one_by_one(&self) -> i64 {
        self.drawers.iter().map(|drawer| drawer.lock().unwrap().iter().sum::<i64>()).sum()
    }
}
// ANCHOR_END: one_by_one

// ANCHOR: total
impl Savings {
    /// All savings, at one moment.
    pub fn total(&self) -> i64 {
        // All are locked before one is counted, and always from the first to the last.
        let locked = self.drawers.iter().map(|drawer| drawer.lock().unwrap());
        let drawers: Vec<_> = locked.collect();
        drawers.iter().flat_map(|drawer| drawer.iter()).sum()
    }
}
// ANCHOR_END: total

/// Two drawers with 50 each. One thread moves everything, and another counts it.
pub fn counted_while_moved(total: impl Fn(&Savings) -> i64) {
    let savings = Savings::new(2, 1, 50);
    thread::scope(|scope| {
        scope.spawn(|| savings.move_all());
        assert_eq!(total(&savings), 100);
    });
}
