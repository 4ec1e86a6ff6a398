//! caught by: total_is_the_same_at_every_moment_of_a_transfer (failed)
//! idea: With `SeqCst` everybody agrees on the balances, so a sum of atomics needs no lock.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

pub struct Bank {
    accounts: Vec<Mutex<u64>>,
    /// The balances once more, for `total`.
    posted: Vec<AtomicU64>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self {
            accounts: balances.iter().map(|&balance| Mutex::new(balance)).collect(),
            posted: balances.iter().map(|&balance| AtomicU64::new(balance)).collect(),
        }
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
        let mut low = self.lock(a.min(b));
        let mut high = self.lock(a.max(b));
        let (first, second) = if a < b { (&mut low, &mut high) } else { (&mut high, &mut low) };
        let result = f(first, second);
        self.posted[a].store(**first, Ordering::SeqCst);
        self.posted[b].store(**second, Ordering::SeqCst);
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
        self.posted.iter().map(|balance| balance.load(Ordering::SeqCst)).sum()
    }

    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
