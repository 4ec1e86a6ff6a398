//! # `bank-transfer`: two accounts at once, and nobody waits for ever
//!
//! ```rust,ignore
//! let bank = Bank::new(&[100, 20, 0]); // accounts 0, 1 and 2
//! assert_eq!(bank.transfer(0, 2, 70), Ok(()));
//! assert_eq!(bank.transfer(0, 1, 70), Err(TransferError::InsufficientFunds { available: 30 }));
//! assert_eq!(bank.with_pair(2, 1, |two, one| (*two, *one)), Ok((70, 20)));
//! assert_eq!(bank.total(), 120);
//! ```
//!
//! # The contract
//!
//! - **Shared.** Any number of threads use one bank at the same time, through shared references.
//! - **Accounts.** `Bank::new(&[100, 20])` opens the accounts 0 and 1 with these balances. There may be none at all.
//! - **Pair.** `with_pair(a, b, f)` calls `f` once, with the balance of account `a` first and that of `b` second,
//!   whichever of the numbers is higher, and returns what `f` returns. What `f` leaves behind are the new balances.
//!   While `f` runs, no other call sees or changes either of them.
//! - **Refused.** `a == b` gives `SameAccount`; a number that no account has gives `UnknownAccount` with that number.
//!   Where several of these apply, any of them will do. A call that is refused does not call `f`, changes nothing and
//!   keeps nothing locked. For `transfer` the same goes for `from` and `to`.
//! - **Transfer.** `transfer(from, to, amount)` moves the whole amount or nothing. If `from` has less, the answer is
//!   `InsufficientFunds` with the balance that was too small. An account may be emptied, and 0 is an amount like any
//!   other.
//! - **Overlap.** While no `total` is under way, a call that shares no account with any other unfinished call does not
//!   wait, however many others are at work or waiting, and however long they take. That goes for a call that had to
//!   wait, too, as soon as the calls on its accounts have ended.
//! - **Progress.** Calls never wait for each other in a circle. Whatever is called at the same time, `total` included,
//!   and in whatever order the accounts are named: every call comes to its end, as long as every `f` does.
//! - **Total.** `total()` is the sum of all balances at one moment. Money that moves from one account to another, by
//!   `transfer` or inside an `f`, never shows in it: it is the same before, during and after. `total` may wait for
//!   other calls, and other calls may wait for a `total` that is under way.
//! - **Panic.** If `f` panics, `with_pair` panics, too, and the bank stays usable for everybody: both accounts, all
//!   others, and calls that are waiting at that moment. What `f` had changed by then may stay.
//!
//! You may take for granted that `f` does not call the bank, and that all balances together stay below `u64::MAX`.
//! There is nothing to cancel: each method blocks its caller until it is done.

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
    // own the ends: what does each account need so that two pairs of accounts can be used at the same time?
}

impl Bank {
    /// A bank with one account per balance, numbered from 0.
    pub fn new(balances: &[u64]) -> Self {
        todo!("open {} accounts", balances.len())
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
        // run: somebody else may call `with_pair(b, a, …)` right now
        // stop: and if `f` panics?
        let _ = f;
        todo!("take accounts {a} and {b} without waiting in a circle, and call `f`")
    }

    /// Moves `amount` from one account to another: all of it or nothing.
    ///
    /// # Errors
    ///
    /// As for [`with_pair`](Self::with_pair), and [`TransferError::InsufficientFunds`].
    pub fn transfer(&self, from: usize, to: usize, amount: u64) -> Result<(), TransferError> {
        todo!("check and move {amount} from account {from} to account {to} in one step")
    }

    /// The sum of all balances at one moment.
    pub fn total(&self) -> u64 {
        // collect: a sum of balances from different moments is the balance of no bank
        todo!("add up what all accounts hold at the same moment")
    }
}
