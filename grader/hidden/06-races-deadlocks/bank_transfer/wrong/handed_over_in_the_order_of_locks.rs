//! caught by: f_gets_the_accounts_as_they_were_named (failed)
//! idea: Sorted is sorted: swap the numbers, and the rest follows.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

pub struct Bank {
    accounts: Vec<Mutex<u64>>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self { accounts: balances.iter().map(|&balance| Mutex::new(balance)).collect() }
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
        let (a, b) = (a.min(b), a.max(b));
        let mut first = self.lock(a);
        let mut second = self.lock(b);
        Ok(f(&mut first, &mut second))
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        self.with_pair(from, to, |low, high| {
            let (source, target) = if from < to { (low, high) } else { (high, low) };
            if *source < amount {
                return Err(TransferError::InsufficientFunds { available: *source });
            }
            *source -= amount;
            *target += amount;
            Ok(())
        })?
    }

    pub fn total(&self) -> u64 {
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
