//! b: transfers between two accounts.

use std::sync::{Arc, Mutex};
use std::thread;

struct Account {
    number: u32,
    balance: Mutex<i64>,
}

fn by_number(from: &Account, to: &Account, amount: i64) {
    let (low, high) = if from.number < to.number { (from, to) } else { (to, from) };
    let mut low = low.balance.lock().unwrap();
    let mut high = high.balance.lock().unwrap();
    let sign = if from.number < to.number { 1 } else { -1 };
    *low -= sign * amount;
    *high += sign * amount;
}

fn as_named(from: &Account, to: &Account, amount: i64) {
    let mut from = from.balance.lock().unwrap();
    let mut to = to.balance.lock().unwrap();
    *from -= amount;
    *to += amount;
}

fn back_off(from: &Account, to: &Account, amount: i64) {
    loop {
        let mut from = from.balance.lock().unwrap();
        if let Ok(mut to) = to.balance.try_lock() {
            *from -= amount;
            *to += amount;
            return;
        }
        drop(from);
        thread::yield_now();
    }
}

fn there_and_back(transfer: fn(&Account, &Account, i64)) {
    let one = Arc::new(Account { number: 1, balance: Mutex::new(100) });
    let two = Arc::new(Account { number: 2, balance: Mutex::new(100) });
    let other = {
        let (one, two) = (one.clone(), two.clone());
        thread::spawn(move || transfer(&two, &one, 5))
    };
    transfer(&one, &two, 10);
    other.join().unwrap();
    let balances = (*one.balance.lock().unwrap(), *two.balance.lock().unwrap());
    assert_eq!(balances, (95, 105));
}

pub(super) fn good() {
    there_and_back(by_number);
}

pub(super) fn bad1() {
    there_and_back(as_named);
}

pub(super) fn spin() {
    there_and_back(back_off);
}
