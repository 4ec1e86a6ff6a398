//! caught by: a_panic_lets_waiting_calls_go_on (deadlocked)
//! idea: After a panic there is nothing new to tell: it is enough to put the accounts back.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

struct Books {
    balances: Vec<u64>,
    busy: Vec<bool>,
}

pub struct Bank {
    books: Mutex<Books>,
    changed: Condvar,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        let books = Books { balances: balances.to_vec(), busy: vec![false; balances.len()] };
        Self { books: Mutex::new(books), changed: Condvar::new() }
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        let mut books = self.books();
        if let Some(unknown) = [a, b].into_iter().find(|&number| number >= books.balances.len()) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        if a == b {
            return Err(TransferError::SameAccount);
        }
        while books.busy[a] || books.busy[b] {
            books = self.wait(books);
        }
        (books.busy[a], books.busy[b]) = (true, true);
        let mut pair = Pair { bank: self, a: (a, books.balances[a]), b: (b, books.balances[b]) };
        drop(books);
        let result = f(&mut pair.a.1, &mut pair.b.1);
        drop(pair);
        self.changed.notify_all();
        Ok(result)
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        self.with_pair(from, to, |from, to| {
            if *from < amount {
                return Err(TransferError::InsufficientFunds { available: *from });
            }
            *from -= amount;
            *to += amount;
            Ok(())
        })?
    }

    pub fn total(&self) -> u64 {
        let mut books = self.books();
        while books.busy.contains(&true) {
            books = self.wait(books);
        }
        books.balances.iter().sum()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'bank>(&self, books: MutexGuard<'bank, Books>) -> MutexGuard<'bank, Books> {
        self.changed.wait(books).unwrap_or_else(PoisonError::into_inner)
    }
}

/// Two accounts out of the books. They go back when this is dropped.
struct Pair<'bank> {
    bank: &'bank Bank,
    a: (usize, u64),
    b: (usize, u64),
}

impl Drop for Pair<'_> {
    fn drop(&mut self) {
        let mut books = self.bank.books();
        for (number, balance) in [self.a, self.b] {
            books.balances[number] = balance;
            books.busy[number] = false;
        }
    }
}
