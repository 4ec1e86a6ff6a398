//! The contract of `bank-transfer` under every schedule.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use lab::prelude::*;

use crate::bank_transfer::{Bank, TransferError};

/// Two transfers between the same accounts, in opposite directions, both come to their end.
#[model::test(rejects(M59), read = "One order for all locks")]
fn transfers_in_opposite_directions_both_end() {
    let bank = Bank::new(&[100, 100]);
    let answers = both(|| bank.transfer(0, 1, 10), || bank.transfer(1, 0, 30));
    expect_eq("the answers to two transfers", (Ok(()), Ok(())), answers);
    expect_eq("the balances after moving 10 from 0 to 1 and 30 back", Ok((120, 80)), balances(&bank, 0, 1));
}

/// A transfer and an `f` whose accounts are named the other way round both come to their end.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_transfer_and_a_pair_named_backwards_both_end() {
    let bank = Bank::new(&[100, 100]);
    let answers = both(|| bank.transfer(0, 1, 10), || bank.with_pair(1, 0, |_, _| ()));
    expect_eq("the answers to `transfer` and `with_pair`", (Ok(()), Ok(())), answers);
}

/// Calls on the same accounts take turns, and none of them is lost.
#[model::test(rejects(M55, M67), read = "A data race is not a race condition")]
fn calls_on_the_same_accounts_take_turns() {
    let bank = Bank::new(&[100, 100]);
    thread::scope(|scope| {
        scope.spawn(|| bank.transfer(0, 1, 10));
        scope.spawn(|| bank.transfer(0, 1, 20));
        bank.transfer(0, 1, 40)
    })
    .expect("there is enough for all three");
    expect_eq("the balances after moving 10, 20 and 40 from 0 to 1", Ok((30, 170)), balances(&bank, 0, 1));
}

/// Calls that had to wait do not end up waiting for each other.
#[model::test(rejects(M59), read = "One order for all locks")]
fn calls_that_had_to_wait_all_come_to_their_end() {
    let bank = Bank::new(&[100, 100, 100]);
    thread::scope(|scope| {
        scope.spawn(|| bank.transfer(1, 2, 10));
        scope.spawn(|| bank.transfer(2, 1, 10));
        bank.transfer(0, 1, 10)
    })
    .expect("there is enough for all three");
    expect_eq("the balances of 0 and 1 after moving 10 from 0 to 1", Ok((90, 110)), balances(&bank, 0, 1));
}

/// Of two transfers that need the same money exactly one gets it.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn of_two_transfers_only_one_gets_the_last_money() {
    let bank = Bank::new(&[100, 0, 0]);
    let answers = both(|| bank.transfer(0, 1, 60), || bank.transfer(0, 2, 60));
    let refused = || Err(TransferError::InsufficientFunds { available: 40 });
    let wanted = if answers.0.is_ok() { (Ok(()), refused()) } else { (refused(), Ok(())) };
    expect_eq("two transfers of 60 out of 100, one of them refused", wanted, answers);
    expect_eq("what is left", Ok(40), bank.with_pair(0, 1, |balance, _| *balance));
}

/// A transfer is refused with the balance that was too small, and not with a later one.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn a_refusal_names_the_balance_that_was_too_small() {
    let bank = Bank::new(&[10, 0, 100]);
    let (answer, _) = both(|| bank.transfer(0, 1, 50), || bank.transfer(2, 0, 100));
    let too_small = Err(TransferError::InsufficientFunds { available: 10 });
    let fits = answer == Ok(()) || answer == too_small;
    expect(fits, "a transfer of 50 is made, or refused because there were 10", format_args!("{answer:?}"));
}

/// `total` is the same whenever it is asked for, and comes to its end as transfers do.
#[model::test(rejects(M55, M65, M58), read = "A sum is a moment")]
fn total_is_the_same_at_every_moment_of_a_transfer() {
    let bank = Bank::new(&[100, 100]);
    let (answer, total) = both(|| bank.transfer(1, 0, 30), || bank.total());
    expect_eq("the answer to the transfer", Ok(()), answer);
    expect_eq("the total while 30 move from account 1 to 0", 200, total);
}

/// A call does not wait for waiting calls, unless they share an account with it.
#[model::test(rejects(), read = "One order for all locks")]
fn a_waiting_call_is_in_nobodys_way() {
    let bank = Bank::new(&[100; 5]);
    thread::scope(|scope| {
        // May have to wait for the next one.
        scope.spawn(|| bank.transfer(2, 1, 10));
        let on_0_and_1 = bank.with_pair(0, 1, |_, _| {
            let elsewhere = scope.spawn(|| bank.transfer(3, 4, 10));
            elsewhere.join().expect("`transfer` does not panic")
        });
        expect_eq("the answers to `with_pair(0, 1, …)`, and to `transfer(3, 4, 10)` meanwhile", Ok(Ok(())), on_0_and_1);
    });
}

/// A call that had to wait goes on as soon as the calls on its accounts have ended.
#[model::test(rejects(M69), read = "One order for all locks")]
fn a_waiting_call_goes_on_when_its_accounts_are_free() {
    let bank = Bank::new(&[100; 4]);
    thread::scope(|scope| {
        // May have to wait for the next one, which has 2 and 3 until two calls on 0 and 1 have come to their end.
        scope.spawn(|| bank.transfer(3, 2, 10));
        let on_2_and_3 = bank.with_pair(2, 3, |_, _| {
            let one = scope.spawn(|| bank.with_pair(0, 1, |_, _| thread::yield_now()));
            let other = scope.spawn(|| bank.transfer(1, 0, 10));
            (one.join().expect("`with_pair` does not panic"), other.join().expect("`transfer` does not panic"))
        });
        let wanted = Ok((Ok(()), Ok(())));
        expect_eq("the answers to `with_pair(2, 3, …)`, and to two calls on 0 and 1 meanwhile", wanted, on_2_and_3);
    });
}

/// When `f` panics, calls that wait for its accounts go on.
#[model::test(rejects(), read = "A data race is not a race condition")]
fn a_panic_lets_waiting_calls_go_on() {
    let bank = Bank::new(&[100, 100]);
    let panicking = || {
        let call = || bank.with_pair(0, 1, |_, _| panics::inject("`f` had a problem"));
        catch_unwind(AssertUnwindSafe(call)).is_err()
    };
    let (panicked, answer) = both(panicking, || bank.transfer(1, 0, 10));
    expect(panicked, "`with_pair` panics, because `f` does", "it returned");
    expect_eq("the answer to a transfer between the same accounts", Ok(()), answer);
}

/// Makes two calls at the same time, the second one on the thread of the test.
fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().expect("the first of two calls returns"), second)
    })
}

/// Two balances at one moment.
fn balances(bank: &Bank, a: usize, b: usize) -> Result<(u64, u64), TransferError> {
    bank.with_pair(a, b, |a, b| (*a, *b))
}
