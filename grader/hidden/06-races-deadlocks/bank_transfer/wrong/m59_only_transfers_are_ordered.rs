//! caught by: a_transfer_and_a_pair_named_backwards_both_end (deadlocked)
//! idea: Transfers are what meets head-on, so transfers take their locks in order.

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
        let mut first = self.accounts[a].lock().unwrap_or_else(PoisonError::into_inner);
        let mut second = self.accounts[b].lock().unwrap_or_else(PoisonError::into_inner);
        Ok(f(&mut first, &mut second))
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        let pay = |from: &mut u64, to: &mut u64| {
            if *from < amount {
                return Err(TransferError::InsufficientFunds { available: *from });
            }
            *from -= amount;
            *to += amount;
            Ok(())
        };
        if from < to { self.with_pair(from, to, pay)? } else { self.with_pair(to, from, |to, from| pay(from, to))? }
    }

    pub fn total(&self) -> u64 {
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
