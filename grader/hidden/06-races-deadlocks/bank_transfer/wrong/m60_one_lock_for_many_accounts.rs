//! caught by: any_two_accounts_are_a_pair (deadlocked)
//! idea: Two different accounts are behind two different locks.

use std::sync::{Mutex, MutexGuard, PoisonError};

const LOCKS: usize = 128;

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

/// Account n is behind lock n % LOCKS, at n / LOCKS.
pub struct Bank {
    accounts: usize,
    locks: Vec<Mutex<Vec<u64>>>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        let mut locks = vec![Vec::new(); LOCKS];
        for (number, &balance) in balances.iter().enumerate() {
            locks[number % LOCKS].push(balance);
        }
        Self { accounts: balances.len(), locks: locks.into_iter().map(Mutex::new).collect() }
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        if let Some(unknown) = [a, b].into_iter().find(|&number| number >= self.accounts) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        if a == b {
            return Err(TransferError::SameAccount);
        }
        if a % LOCKS < b % LOCKS {
            let mut first = self.lock(a % LOCKS);
            let mut second = self.lock(b % LOCKS);
            Ok(f(&mut first[a / LOCKS], &mut second[b / LOCKS]))
        } else {
            let mut second = self.lock(b % LOCKS);
            let mut first = self.lock(a % LOCKS);
            Ok(f(&mut first[a / LOCKS], &mut second[b / LOCKS]))
        }
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
        let locks: Vec<_> = (0..LOCKS).map(|at| self.lock(at)).collect();
        locks.iter().flat_map(|balances| balances.iter()).sum()
    }

    fn lock(&self, at: usize) -> MutexGuard<'_, Vec<u64>> {
        self.locks[at].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
