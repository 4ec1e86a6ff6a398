//! What the contract of `bank-transfer` promises, clause by clause.

use std::rc::Rc;
use std::thread;

use lab::prelude::*;

use crate::bank_transfer::{Bank, TransferError};

/// `f` gets the account that was named first as its first argument.
#[lab::test(rejects(), read = "One order for all locks")]
fn f_gets_the_accounts_as_they_were_named() {
    let bank = Bank::new(&[10, 20, 30]);
    for (a, b, balances) in [(0, 2, (10, 30)), (2, 0, (30, 10)), (1, 2, (20, 30)), (1, 0, (20, 10))] {
        let seen = bank.with_pair(a, b, |first, second| (*first, *second));
        expect_eq(&format!("the balances that `with_pair({a}, {b}, …)` gives to `f`"), Ok(balances), seen);
    }
}

/// What `f` leaves in the two balances stays, and what it returns comes back.
#[lab::test(rejects(), read = "One order for all locks")]
fn what_f_writes_stays_and_what_it_returns_comes_back() {
    let bank = Bank::new(&[10, 20, 30]);
    // Can be called once and stays on this thread; neither is anything `f` has to be able to do.
    let receipt = Rc::new("paid in and swapped");
    let returned = bank.with_pair(2, 0, move |third, first| {
        *third += 5;
        std::mem::swap(third, first);
        receipt
    });
    expect_eq("what `with_pair` returns", Ok(Rc::new("paid in and swapped")), returned);
    expect_eq("the balances after `f` has changed two of them", vec![35, 20, 10], balances(&bank, 3));
}

/// The same account twice is `SameAccount`, and `f` is not called.
#[lab::test(rejects(M60), read = "The same lock twice")]
fn the_same_account_twice_is_refused() {
    let bank = Bank::new(&[10, 20]);
    for number in [0, 1] {
        let answer = bank.with_pair(number, number, no_call);
        expect_eq(
            &format!("the answer to `with_pair({number}, {number}, …)`"),
            Err(TransferError::SameAccount),
            answer,
        );
        for amount in [0, 10] {
            let answer = bank.transfer(number, number, amount);
            let what = format!("the answer to `transfer({number}, {number}, {amount})`");
            expect_eq(&what, Err(TransferError::SameAccount), answer);
        }
    }
    expect_eq("the balances after refused calls", vec![10, 20], balances(&bank, 2));
}

/// An unknown number is `UnknownAccount`; nothing changes, and nothing stays locked.
#[lab::test(rejects(), read = "A data race is not a race condition")]
fn an_unknown_account_is_refused() {
    let bank = Bank::new(&[10, 20]);
    for (a, b) in [(0, 2), (2, 0), (usize::MAX, 1), (7, 5), (5, 5)] {
        let mut allowed: Vec<_> =
            [a, b].into_iter().filter(|&number| number >= 2).map(TransferError::UnknownAccount).collect();
        allowed.extend((a == b).then_some(TransferError::SameAccount));
        for (call, answer) in [
            (format!("with_pair({a}, {b}, …)"), bank.with_pair(a, b, no_call)),
            (format!("transfer({a}, {b}, 1)"), bank.transfer(a, b, 1)),
        ] {
            let fits = answer.as_ref().is_err_and(|error| allowed.contains(error));
            let wanted = allowed.iter().map(|error| format!("{error:?}")).collect::<Vec<_>>().join(" or ");
            expect(
                fits,
                format_args!("`{call}` refused with {wanted}, there being accounts 0 and 1"),
                format_args!("{answer:?}"),
            );
        }
        expect_eq("the balances after refused calls", vec![10, 20], balances(&bank, 2));
    }
    let answer = Bank::new(&[]).transfer(0, 1, 0);
    expect(answer.is_err(), "a transfer refused in a bank without accounts", format_args!("{answer:?}"));
}

/// A transfer moves the amount, also if that is nothing or everything.
#[lab::test(rejects(), read = "A data race is not a race condition")]
fn a_transfer_moves_the_amount() {
    let bank = Bank::new(&[10, 20, 30]);
    for (from, to, amount, after) in
        [(0, 1, 4, [6, 24, 30]), (2, 0, 5, [11, 24, 25]), (1, 2, 0, [11, 24, 25]), (1, 2, 24, [11, 0, 49])]
    {
        let call = format!("`transfer({from}, {to}, {amount})`");
        expect_eq(&format!("the answer to {call}"), Ok(()), bank.transfer(from, to, amount));
        expect_eq(&format!("the balances after {call}"), after.to_vec(), balances(&bank, 3));
    }
}

/// If there is too little money, nothing moves, and the answer says how much there is.
#[lab::test(rejects(), read = "A data race is not a race condition")]
fn too_little_money_moves_nothing() {
    let bank = Bank::new(&[10, 0]);
    for (from, to, amount, available) in [(0, 1, 11, 10), (1, 0, 1, 0), (0, 1, u64::MAX, 10)] {
        let answer = bank.transfer(from, to, amount);
        let what = format!("the answer to `transfer({from}, {to}, {amount})` with {available} in account {from}");
        expect_eq(&what, Err(TransferError::InsufficientFunds { available }), answer);
        expect_eq("the balances after a refused transfer", vec![10, 0], balances(&bank, 2));
    }
}

/// Any two different accounts are a pair.
#[lab::test(rejects(M60), read = "The same lock twice")]
fn any_two_accounts_are_a_pair() {
    let count = 1_030;
    let bank = Bank::new(&vec![1; count]);
    for number in 1..count {
        let there_and_back = (bank.transfer(0, number, 1), bank.transfer(number, 0, 1));
        expect_eq(&format!("transfers of 1 from account 0 to {number} and back"), (Ok(()), Ok(())), there_and_back);
    }
}

/// Calls of `f` on different accounts run at the same time.
#[lab::test(rejects(M91), read = "One order for all locks")]
fn disjoint_pairs_are_at_work_at_the_same_time() {
    let journal = Journal::new();
    let bank = Bank::new(&[100; 8]);
    // A `total` that has returned is nobody's reason to wait.
    bank.total();
    let (meeting, _awaited) = Rendezvous::of(4, "calls of `f` at the same time, on 8 different accounts");
    thread::scope(|scope| {
        for (a, b) in [(0, 5), (7, 2), (1, 6), (4, 3)] {
            let (bank, journal, meeting) = (&bank, &journal, &meeting);
            scope.spawn(move || {
                work(bank, journal, (a, b), |_, _| meeting.meet_blocking());
            });
        }
    });
}

/// Any number of calls of `f` on different accounts run at the same time.
#[lab::test(rejects(M60), read = "The same lock twice")]
fn any_number_of_disjoint_pairs_are_at_work_at_the_same_time() {
    let pairs = 48;
    let bank = Bank::new(&vec![100; 2 * pairs]);
    let (meeting, _awaited) = Rendezvous::of(pairs, "calls of `f` at the same time, on 96 different accounts");
    thread::scope(|scope| {
        for number in 0..pairs {
            let (bank, meeting) = (&bank, &meeting);
            scope.spawn(move || bank.with_pair(number, pairs + number, |_, _| meeting.meet_blocking()));
        }
    });
}

/// A transfer does not wait for an `f` that works on other accounts.
#[lab::test(rejects(M91), read = "One order for all locks")]
fn a_transfer_passes_by_an_f_on_other_accounts() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let others = 1_030;
    let bank = Bank::new(&vec![100; 2 + others]);
    // Stands open from the start: it only counts.
    let transferred = Gate::closed();
    transferred.open();
    thread::scope(|scope| {
        scope.spawn(|| work(&bank, &journal, (0, 1), |_, _| gate.pass_blocking()));
        gate.wait_for(1, "`f` at work on accounts 0 and 1");
        let transfers = scope.spawn(|| {
            for from in (2..others + 2).step_by(2) {
                let _span = (from == 2).then(|| journal.begin("transfer(2, 3, 1)"));
                let answer = bank.transfer(from, from + 1, 1);
                expect_eq(&format!("the answer to `transfer({from}, {}, 1)`", from + 1), Ok(()), answer);
                transferred.pass_blocking();
            }
        });
        transferred.wait_for(others / 2, "transfers between other accounts done while `f` has accounts 0 and 1");
        gate.open();
        transfers.join().expect("every transfer was counted");
    });
}

/// While `f` runs, no other `f` has either of its accounts.
#[lab::test(rejects(M55), read = "A data race is not a race condition")]
fn f_has_both_accounts_for_itself() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let bank = Bank::new(&[100, 100, 100]);
    thread::scope(|scope| {
        // Any two of them share an account.
        for pair in [(0, 1), (2, 1), (2, 0)] {
            let (bank, journal, gate) = (&bank, &journal, &gate);
            scope.spawn(move || {
                work(bank, journal, pair, |first, second| {
                    let before = (*first, *second);
                    gate.pass_blocking();
                    (*first, *second) = (before.0 - 10, before.1 + 10);
                });
            });
        }
        gate.wait_for(1, "`f` at work");
        quiesce();
        gate.open();
    });
    journal.expect_at_most(1, "call of `f` among three that share accounts");
    expect_eq(
        "the balances after moving 10 from 0 to 1, from 2 to 1 and from 2 to 0",
        vec![100, 120, 80],
        balances(&bank, 3),
    );
}

/// `total` is the sum of all balances.
#[lab::test(rejects(), read = "A sum is a moment")]
fn total_is_the_sum_of_all_balances() {
    expect_eq("the total of a bank without accounts", 0, Bank::new(&[]).total());
    expect_eq("the total of a bank with one account", 7, Bank::new(&[7]).total());
    let bank = Bank::new(&[10, 20, 30]);
    expect_eq("the total of 10, 20 and 30", 60, bank.total());
    let _ = bank.transfer(2, 0, 30);
    expect_eq("the total after a transfer", 60, bank.total());
    let _ = bank.with_pair(1, 2, |first, second| (*first, *second) = (5, 1_000));
    expect_eq("the total after `f` has left 5 and 1000 in the place of 20 and 0", 1_045, bank.total());
}

/// `total` does not see the money that `f` has in hand as missing.
#[lab::test(rejects(M65), read = "A sum is a moment")]
fn total_is_the_same_while_f_moves_money() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let bank = Bank::new(&[100, 100]);
    let total = thread::scope(|scope| {
        scope.spawn(|| {
            work(&bank, &journal, (0, 1), |first, second| {
                *first -= 30;
                gate.pass_blocking();
                *second += 30;
            });
        });
        gate.wait_for(1, "`f` at work on accounts 0 and 1");
        let asked = scope.spawn(|| total(&bank, &journal));
        quiesce();
        gate.open();
        asked.join().expect("`total` does not panic")
    });
    if total != 200 {
        journal.fail("a total of 200, while `f` moves 30 from account 0 to 1", total);
    }
}

/// `total` is the sum of one moment, even if money moves while it waits half-way.
#[lab::test(rejects(M65, M59), read = "A sum is a moment")]
fn total_is_a_moment_and_not_a_walk() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let bank = Bank::new(&[100, 100, 100, 100]);
    let (total, answer) = thread::scope(|scope| {
        // In the way of whoever walks from account to account, from either end.
        scope.spawn(|| work(&bank, &journal, (1, 2), |_, _| gate.pass_blocking()));
        gate.wait_for(1, "`f` at work on accounts 1 and 2");
        let asked = scope.spawn(|| total(&bank, &journal));
        quiesce();
        // May wait for the total, and then comes after it.
        let moved = scope.spawn(|| {
            let _span = journal.begin("transfer(0, 3, 50)");
            bank.transfer(0, 3, 50)
        });
        quiesce();
        gate.open();
        (asked.join().expect("`total` does not panic"), moved.join().expect("`transfer` does not panic"))
    });
    expect_eq("the answer to `transfer(0, 3, 50)`", Ok(()), answer);
    if total != 400 {
        journal.fail("a total of 400, while 50 move from account 0 to 3", total);
    }
}

/// If `f` panics, so does `with_pair`, and the bank stays usable.
#[lab::test(rejects(M25), read = "A data race is not a race condition")]
fn a_panic_in_f_leaves_the_bank_usable() {
    for (a, b) in [(0, 1), (1, 0)] {
        let bank = Bank::new(&[100, 100, 100]);
        let outcome = panics::catch(|| {
            bank.with_pair(a, b, |first, _| {
                *first -= 30;
                panics::inject("`f` had a problem");
            })
        });
        if let Ok(returned) = outcome {
            fail("`with_pair` panics, because `f` does", format_args!("it returned {returned:?}"));
        }
        for (from, to) in [(a, b), (b, a), (2, a), (b, 2)] {
            let answer = bank.transfer(from, to, 5);
            expect_eq(&format!("the answer to `transfer({from}, {to}, 5)` after the panic"), Ok(()), answer);
        }
        let sum: u64 = balances(&bank, 3).iter().sum();
        expect_eq("the total after the panic, as the balances add up", sum, bank.total());
    }
}

/// The balances of a bank of `count` accounts, two at least.
fn balances(bank: &Bank, count: usize) -> Vec<u64> {
    let balance = |number| bank.with_pair(number, (number + 1) % count, |balance, _| *balance);
    (0..count).map(|number| balance(number).expect("two different accounts that exist")).collect()
}

/// An `f` that must not be called.
fn no_call(_: &mut u64, _: &mut u64) {
    fail("no call of `f`, because the call is refused", "a call");
}

/// Calls `with_pair` with an `f` that is written into the journal.
fn work(bank: &Bank, journal: &Journal, (a, b): (usize, usize), f: impl FnOnce(&mut u64, &mut u64)) {
    let answer = bank.with_pair(a, b, |first, second| {
        let _span = journal.begin(format_args!("f on {a} and {b}"));
        f(first, second);
    });
    expect_eq(&format!("the answer to `with_pair({a}, {b}, …)`"), Ok(()), answer);
}

/// Asks for the total and writes down how long that takes.
fn total(bank: &Bank, journal: &Journal) -> u64 {
    let _span = journal.begin("total");
    bank.total()
}
