//! right: an `RwLock` around the whole bank beside a lock per account; `total` closes the bank, and adds up one by one.

use std::sync::{Mutex, PoisonError, RwLock};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

pub struct Bank {
    open: RwLock<()>,
    accounts: Vec<Mutex<u64>>,
}

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self { open: RwLock::new(()), accounts: balances.iter().map(|&balance| Mutex::new(balance)).collect() }
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        let account = |number: usize| self.accounts.get(number).ok_or(TransferError::UnknownAccount(number));
        let (first, second) = (account(a)?, account(b)?);
        if a == b {
            return Err(TransferError::SameAccount);
        }
        let _open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        // By address: the same order for everybody, and the number is not needed any more.
        if std::ptr::from_ref(first).addr() < std::ptr::from_ref(second).addr() {
            let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
            let mut second = second.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(f(&mut first, &mut second))
        } else {
            let mut second = second.lock().unwrap_or_else(PoisonError::into_inner);
            let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(f(&mut first, &mut second))
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
        let _closed = self.open.write().unwrap_or_else(PoisonError::into_inner);
        self.accounts.iter().map(|account| *account.lock().unwrap_or_else(PoisonError::into_inner)).sum()
    }
}
