//! right: tries both locks as they are named; if that fails, lets go and waits for them in the order of their numbers.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

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
        // Nobody waits while it tries. Whoever waits does it in order, so nobody has to try twice.
        let (mut first, mut second) = match (self.try_lock(a), self.try_lock(b)) {
            (Some(first), Some(second)) => (first, second),
            half => {
                drop(half);
                if a < b {
                    let first = self.lock(a);
                    (first, self.lock(b))
                } else {
                    let second = self.lock(b);
                    (self.lock(a), second)
                }
            }
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
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn try_lock(&self, number: usize) -> Option<MutexGuard<'_, u64>> {
        match self.accounts[number].try_lock() {
            Ok(balance) => Some(balance),
            Err(TryLockError::Poisoned(poison)) => Some(poison.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}
