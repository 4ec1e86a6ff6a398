//! right: whoever names the lower account first waits for the higher one; the others try, let go, wait and try again.

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
        let (mut first, mut second) = if a < b {
            let first = self.lock(a);
            (first, self.lock(b))
        } else {
            loop {
                let first = self.lock(a);
                match self.accounts[b].try_lock() {
                    Ok(second) => break (first, second),
                    Err(TryLockError::Poisoned(poison)) => break (first, poison.into_inner()),
                    Err(TryLockError::WouldBlock) => drop(first),
                }
                // Holds nothing while it waits, so it is in nobody's circle.
                drop(self.lock(b));
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
}
