//! caught by: a_waiting_call_is_in_nobodys_way (deadlocked)
//! idea: One more lock makes taking two locks a single step, and it is let go of at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

pub struct Bank {
    accounts: Vec<Mutex<u64>>,
    /// Held while two accounts are taken.
    taking: Mutex<()>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self { accounts: balances.iter().map(|&balance| Mutex::new(balance)).collect(), taking: Mutex::new(()) }
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        if let Some(unknown) = [a, b].into_iter().find(|&number| number >= self.accounts.len()) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        if a == b {
            return Err(TransferError::SameAccount);
        }
        let (mut first, mut second) = {
            let _taking = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
            (self.lock(a), self.lock(b))
        };
        Ok(f(&mut first, &mut second))
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
        let _taking = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
