//! right: no lock per account; calls stand in a queue, parked, until no earlier one shares an account with them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};

#[derive(Debug, PartialEq, Eq)]
pub enum TransferError {
    UnknownAccount(usize),
    SameAccount,
    InsufficientFunds { available: u64 },
}

struct Call {
    number: u64,
    /// `None`: all of them.
    accounts: Option<[usize; 2]>,
    caller: Thread,
}

impl Call {
    fn is_in_the_way_of(&self, later: &Call) -> bool {
        match (self.accounts, later.accounts) {
            (Some(mine), Some(theirs)) => mine.iter().any(|account| theirs.contains(account)),
            _ => true,
        }
    }
}

struct Counter {
    balances: Vec<u64>,
    next: u64,
    calls: VecDeque<Call>,
}

pub struct Bank(Mutex<Counter>);

impl Bank {
    pub fn new(balances: &[u64]) -> Self {
        Self(Mutex::new(Counter { balances: balances.to_vec(), next: 0, calls: VecDeque::new() }))
    }

    pub fn with_pair<R>(
        &self,
        a: usize,
        b: usize,
        f: impl FnOnce(&mut u64, &mut u64) -> R,
    ) -> Result<R, TransferError> {
        let known = self.counter().balances.len();
        if a >= known || b >= known {
            return Err(TransferError::UnknownAccount(if b >= known { b } else { a }));
        }
        if a == b {
            return Err(TransferError::SameAccount);
        }
        let _turn = self.turn(Some([a, b]));
        let mut pair = {
            let counter = self.counter();
            Pair { bank: self, a, b, balances: (counter.balances[a], counter.balances[b]) }
        };
        Ok(f(&mut pair.balances.0, &mut pair.balances.1))
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
        let _turn = self.turn(None);
        self.counter().balances.iter().sum()
    }

    fn turn(&self, accounts: Option<[usize; 2]>) -> Turn<'_> {
        let mut counter = self.counter();
        let number = counter.next;
        counter.next += 1;
        counter.calls.push_back(Call { number, accounts, caller: thread::current() });
        loop {
            let at = counter.calls.iter().position(|call| call.number == number).expect("it leaves by being dropped");
            let mine = &counter.calls[at];
            if !counter.calls.iter().take(at).any(|call| call.is_in_the_way_of(mine)) {
                return Turn { bank: self, number };
            }
            drop(counter);
            thread::park();
            counter = self.counter();
        }
    }

    fn counter(&self) -> MutexGuard<'_, Counter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Turn<'bank> {
    bank: &'bank Bank,
    number: u64,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut counter = self.bank.counter();
        let at = counter.calls.iter().position(|call| call.number == self.number).expect("nobody else removes it");
        let gone = counter.calls.remove(at).expect("it was found there");
        for call in counter.calls.iter().skip(at).filter(|call| gone.is_in_the_way_of(call)) {
            call.caller.unpark();
        }
    }
}

/// The balances `f` works on. Dropped before the turn ends.
struct Pair<'bank> {
    bank: &'bank Bank,
    a: usize,
    b: usize,
    balances: (u64, u64),
}

impl Drop for Pair<'_> {
    fn drop(&mut self) {
        let mut counter = self.bank.counter();
        (counter.balances[self.a], counter.balances[self.b]) = self.balances;
    }
}
