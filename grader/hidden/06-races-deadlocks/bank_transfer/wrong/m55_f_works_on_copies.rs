//! caught by: f_has_both_accounts_for_itself (failed)
//! idea: Foreign code has no business under my locks, so `f` gets copies.

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
        let mut balances = {
            let low = *self.lock(a.min(b));
            let high = *self.lock(a.max(b));
            if a < b { (low, high) } else { (high, low) }
        };
        let result = f(&mut balances.0, &mut balances.1);
        let mut low = self.lock(a.min(b));
        let mut high = self.lock(a.max(b));
        (*low, *high) = if a < b { balances } else { (balances.1, balances.0) };
        Ok(result)
    }

    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        if let Some(unknown) = [from, to].into_iter().find(|&number| number >= self.accounts.len()) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        if from == to {
            return Err(TransferError::SameAccount);
        }
        let mut low = self.lock(from.min(to));
        let mut high = self.lock(from.max(to));
        let (source, target) = if from < to { (&mut low, &mut high) } else { (&mut high, &mut low) };
        if **source < amount {
            return Err(TransferError::InsufficientFunds { available: **source });
        }
        **source -= amount;
        **target += amount;
        Ok(())
    }

    pub fn total(&self) -> u64 {
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
