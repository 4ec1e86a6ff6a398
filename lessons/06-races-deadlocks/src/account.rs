//! An account, and two people who want 80 of its 100.

use std::sync::Mutex;
use std::thread;

// ANCHOR: account
/// An account. Nobody touches its balance without the lock.
pub struct Account {
    balance: Mutex<i64>,
}

impl Account {
    /// An account with this much in it.
    pub fn with(balance: i64) -> Self {
        Self { balance: Mutex::new(balance) }
    }

    /// What is in it.
    pub fn balance(&self) -> i64 {
        *self.balance.lock().unwrap()
    }

    /// Takes `amount` out, provided that it is there.
    pub fn withdraw(&self, amount: i64) -> bool {
        if self.balance() < amount {
            return false;
        }
        *self.balance.lock().unwrap() -= amount;
        true
    }
}
// ANCHOR_END: account

// ANCHOR: one_step
impl Account {
    /// Takes `amount` out, provided that it is there: one lock around the whole sentence.
    pub fn withdraw_in_one_step(&self, amount: i64) -> bool {
        let mut balance = self.balance.lock().unwrap();
        if *balance < amount {
            return false;
        }
        *balance -= amount;
        true
    }
}
// ANCHOR_END: one_step

// ANCHOR: two_at_once
/// Two people want 80 of 100. One of them has to go away without.
pub fn two_at_once(withdraw: fn(&Account, i64) -> bool) {
    let account = Account::with(100);
    thread::scope(|scope| {
        scope.spawn(|| withdraw(&account, 80));
        withdraw(&account, 80);
    });
    assert!(account.balance() >= 0, "160 paid out of 100");
}
// ANCHOR_END: two_at_once
