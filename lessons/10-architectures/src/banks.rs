//! The same accounts, kept in three ways.

use std::sync::mpsc::{self, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A bank that cannot serve this account any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

impl<G> From<PoisonError<G>> for Broken {
    fn from(_: PoisonError<G>) -> Self {
        Self
    }
}

/// An account, and how long it takes to write into it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Account {
    balance: i64,
    takes: Duration,
}

impl Account {
    /// An empty account.
    pub fn empty(takes: Duration) -> Self {
        Self { balance: 0, takes }
    }

    /// Adds `amount`, and returns the new balance.
    ///
    /// # Panics
    /// If the balance does not fit any more.
    pub fn add(&mut self, amount: i64) -> i64 {
        if !self.takes.is_zero() {
            thread::sleep(self.takes);
        }
        self.balance = self.balance.checked_add(amount).expect("the balance fits");
        self.balance
    }
}

// ANCHOR: bank
/// What all three have in common.
pub trait Bank: Sync {
    /// Adds `amount` to an account, and returns the new balance.
    fn deposit(&self, account: usize, amount: i64) -> Result<i64, Broken>;
}
// ANCHOR_END: bank

// ANCHOR: lock
/// One lock for all accounts.
pub struct OneLock(Mutex<Vec<Account>>);

impl Bank for OneLock {
    fn deposit(&self, account: usize, amount: i64) -> Result<i64, Broken> {
        Ok(self.0.lock()?[account].add(amount))
    }
}
// ANCHOR_END: lock

impl OneLock {
    /// A bank with `accounts` empty accounts.
    pub fn new(accounts: usize, takes: Duration) -> Self {
        Self(Mutex::new(vec![Account::empty(takes); accounts]))
    }
}

// ANCHOR: shards
/// A lock for each part of the accounts.
pub struct Shards(Vec<Mutex<Vec<Account>>>);

impl Bank for Shards {
    fn deposit(&self, account: usize, amount: i64) -> Result<i64, Broken> {
        let (shard, place) = (account % self.0.len(), account / self.0.len());
        Ok(self.0[shard].lock()?[place].add(amount))
    }
}
// ANCHOR_END: shards

impl Shards {
    /// A bank with `accounts` empty accounts, or a few more, in `shards` parts.
    pub fn new(accounts: usize, shards: usize, takes: Duration) -> Self {
        let part = || Mutex::new(vec![Account::empty(takes); accounts.div_ceil(shards)]);
        Self((0..shards).map(|_| part()).collect())
    }
}

// ANCHOR: request
struct Deposit {
    account: usize,
    amount: i64,
    reply: SyncSender<i64>,
}
// ANCHOR_END: request

// ANCHOR: teller
/// One thread that owns all accounts, and a way to ask it.
pub struct Teller(SyncSender<Deposit>);

impl Bank for Teller {
    fn deposit(&self, account: usize, amount: i64) -> Result<i64, Broken> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.0.send(Deposit { account, amount, reply }).map_err(|_| Broken)?;
        answer.recv().map_err(|_| Broken)
    }
}

impl Teller {
    /// Starts the teller of `accounts`, with room for `mailbox` requests.
    pub fn start(mut accounts: Vec<Account>, mailbox: usize) -> (Self, JoinHandle<()>) {
        let (requests, inbox) = mpsc::sync_channel(mailbox);
        let thread = thread::spawn(move || {
            for Deposit { account, amount, reply } in inbox {
                // Whoever asked may have gone away. The booking stands.
                let _ = reply.send(accounts[account].add(amount));
            }
        });
        (Self(requests), thread)
    }
}
// ANCHOR_END: teller

impl Teller {
    /// A bank with `accounts` empty accounts. Its thread ends when it is dropped.
    pub fn new(accounts: usize, takes: Duration) -> Self {
        Self::start(vec![Account::empty(takes); accounts], 64).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_TIME: Duration = Duration::ZERO;

    fn three_banks() -> [Box<dyn Bank>; 3] {
        [Box::new(OneLock::new(10, NO_TIME)), Box::new(Shards::new(10, 4, NO_TIME)), Box::new(Teller::new(10, NO_TIME))]
    }

    #[test]
    fn every_account_has_a_balance_of_its_own() {
        for bank in three_banks() {
            for account in 0..10 {
                assert_eq!(bank.deposit(account, account as i64), Ok(account as i64));
            }
            for account in 0..10 {
                assert_eq!(bank.deposit(account, 100), Ok(account as i64 + 100));
            }
        }
    }

    #[test]
    fn no_deposit_is_lost() {
        for bank in three_banks() {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| (0..250).for_each(|_| assert!(bank.deposit(3, 1).is_ok())));
                }
            });
            assert_eq!(bank.deposit(3, 0), Ok(1000));
        }
    }

    #[test]
    fn the_teller_ends_when_nobody_can_ask_any_more() {
        let (teller, thread) = Teller::start(vec![Account::default(); 3], 1);
        assert_eq!(teller.deposit(2, 5), Ok(5));
        drop(teller);
        assert!(thread.join().is_ok());
    }
}
