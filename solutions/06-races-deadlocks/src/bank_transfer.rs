//! # `bank-transfer`: two accounts at once, and nobody waits for ever
//!
//! - `with_pair(a, b, f)` gives `f` both balances, as they were named and for itself; `transfer` moves all or nothing.
//! - Calls on different accounts do not wait for each other, unless a `total` is under way.
//! - No calls wait for each other in a circle.
//! - `total` is the sum of one moment: money on its way from one account to another is never missed or counted twice.
//! - A panic in `f` costs the bank nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Why a call was refused.
#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    /// There is no account with this number.
    UnknownAccount(usize),
    /// The two accounts are one and the same.
    SameAccount,
    /// The account to take from holds less than the amount.
    InsufficientFunds {
        /// What it holds.
        available: u64,
    },
}

/// Accounts that many threads move money between.
pub struct Bank {
    /// A lock per account: one around the whole vector would let strangers wait for each other.
    ///
    /// Whoever needs several of them takes them in the order of their numbers. That is the rule that keeps this file
    /// free of deadlocks: in a circle of waiting calls, somebody would have to hold a higher one and want a lower one.
    accounts: Vec<Mutex<u64>>,
}

impl Bank {
    /// A bank with one account per balance, numbered from 0.
    pub fn new(balances: &[u64]) -> Self {
        Self { accounts: balances.iter().copied().map(Mutex::new).collect() }
    }

    /// Calls `f` with the balances of `a` and `b`, in this order, and returns what `f` returns.
    ///
    /// # Errors
    ///
    /// [`TransferError::SameAccount`] and [`TransferError::UnknownAccount`]; `f` is not called then.
    ///
    /// # Panics
    ///
    /// If `f` panics. The bank stays usable.
    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        if let Some(unknown) = [a, b].into_iter().find(|&number| number >= self.accounts.len()) {
            return Err(TransferError::UnknownAccount(unknown));
        }
        // A `Mutex` does not know its owner: the second lock would wait for the first for ever.
        if a == b {
            return Err(TransferError::SameAccount);
        }
        // Not in the order of the arguments: `with_pair(b, a, …)` may be half-way, too. A further lock around these
        // two lines would also break the circle, but whoever waits here would then keep out calls on other accounts.
        // And `try_lock`, let go, try again burns time, and promises nothing to the one who keeps losing.
        let mut low = self.lock(a.min(b));
        let mut high = self.lock(a.max(b));
        // The order of the locks is our business, the order of the arguments is the caller's.
        let (first, second) = if a < b { (&mut low, &mut high) } else { (&mut high, &mut low) };
        Ok(f(first, second))
    }

    /// Moves `amount` from one account to another: all of it or nothing.
    ///
    /// # Errors
    ///
    /// As for [`with_pair`](Self::with_pair), and [`TransferError::InsufficientFunds`].
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        // The check stands under the same locks as the move. Asked for earlier, the answer could be out of date.
        self.with_pair(from, to, |from, to| {
            let available = *from;
            if available < amount {
                return Err(TransferError::InsufficientFunds { available });
            }
            *from -= amount;
            *to += amount;
            Ok(())
        })?
    }

    /// The sum of all balances at one moment.
    pub fn total(&self) -> u64 {
        // All locks before the first look, in the same order as everywhere. `map(…).sum()` without the vector would
        // let go of each account before it comes to the next, and money could move past it. Atomic balances would
        // not help: however strong their ordering, two loads are two moments.
        let balances: Vec<_> = (0..self.accounts.len()).map(|number| self.lock(number)).collect();
        balances.iter().map(|balance| **balance).sum()
    }

    /// Waits for an account and locks it.
    fn lock(&self, number: usize) -> MutexGuard<'_, u64> {
        // Poison says that some `f` panicked and may have left the balance half changed. The contract allows that;
        // what it does not allow is that the next caller pays for it with a panic of its own.
        self.accounts[number].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
