//! caught by: a_panic_in_f_leaves_the_bank_usable (deadlocked)
//! idea: After `f` the accounts are marked as free again.

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
        let (mut first, mut second) = (books.balances[a], books.balances[b]);
        drop(books);
        let result = f(&mut first, &mut second);
        let mut books = self.books();
        (books.balances[a], books.balances[b]) = (first, second);
        (books.busy[a], books.busy[b]) = (false, false);
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
