//! caught by: disjoint_pairs_are_at_work_at_the_same_time (failed)
//! idea: With one lock around everything nothing can go wrong.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

pub struct Bank {
    accounts: Mutex<Vec<u64>>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self { accounts: Mutex::new(balances.to_vec()) }
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        let mut accounts = self.lock();
        if let Some(unknown) = [a, b].into_iter().find(|&number| number >= accounts.len()) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        let [first, second] = accounts.get_disjoint_mut([a, b]).map_err(|_| TransferError::SameAccount)?;
        Ok(f(first, second))
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
        self.lock().iter().sum()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u64>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
