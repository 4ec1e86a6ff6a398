//! What the contract of `scoped-map` promises, clause by clause.

use std::cell::Cell;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::MutexGuard;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use lab::prelude::*;

use crate::scoped_map::scoped_map;

/// With n items, n calls can wait for each other inside `f`.
#[lab::test(rejects(M18, M91), read = "Where the join stands")]
fn all_calls_run_at_the_same_time() {
    let journal = Journal::new();
    let (meeting, _awaited) = Rendezvous::of(4, "calls inside `f` at the same time, one per item");
    let mut results = scoped_map(&[0, 1, 2, 3], |item| {
        let _span = journal.begin(format_args!("items[{item}]"));
        meeting.meet_blocking();
        item * 10
    });
    results.sort_unstable();
    expect_eq("the results, in any order", vec![0, 10, 20, 30], results);
}

/// Any number of calls run at the same time, also far more than the machine has cores.
#[lab::test(rejects(M91), read = "How many workers?")]
fn more_calls_than_cores_run_at_the_same_time() {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let count = 64.max(2 * cores + 1);
    let items: Vec<usize> = (0..count).collect();
    let (meeting, _awaited) = Rendezvous::of(count, "calls inside `f` at the same time, one per item");
    let mut results = scoped_map(&items, |&item| {
        meeting.meet_blocking();
        item
    });
    results.sort_unstable();
    expect_eq("the results, in any order", items, results);
}

/// `results[i]` comes from `items[i]`, whichever call finishes first.
#[lab::test(rejects(M28), read = "Where the join stands")]
fn results_come_in_input_order() {
    let journal = Journal::new();
    let items = [0, 1, 2];
    // Stands open from the start: it only counts the calls that have come to their end.
    let ended = Gate::closed();
    ended.open();
    let results = scoped_map(&items, |&item| {
        let span = journal.begin(format_args!("items[{item}]"));
        // The calls end from last to first, one after the other. When all is quiet, the call that ended before has
        // also delivered its result, however that is done.
        ended.wait_for(items.len() - 1 - item, &format!("of the 3 calls ended before that for items[{item}]"));
        quiesce();
        drop(span);
        ended.pass_blocking();
        item * 10
    });
    expect_eq("the results, in input order", vec![0, 10, 20], results);
}

/// A word of a text that belongs to somebody else. Other threads may look at it; it may not move to them.
struct Word<'text> {
    text: &'text str,
    calls: AtomicUsize,
    _not_send: PhantomData<MutexGuard<'text, ()>>,
}

/// `f` is called once per item, on the item itself, wherever that lives.
#[lab::test(rejects(), read = "Where the join stands")]
fn f_is_called_once_for_each_borrowed_item() {
    let text = String::from("a scope lends what it holds");
    let words: Vec<Word<'_>> =
        text.split(' ').map(|text| Word { text, calls: AtomicUsize::new(0), _not_send: PhantomData }).collect();
    // A `Cell` may move between threads, but not be shared.
    let results: Vec<Cell<&str>> = scoped_map(&words, |word| {
        word.calls.fetch_add(1, Ordering::SeqCst);
        Cell::new(word.text)
    });
    let calls: Vec<usize> = words.iter().map(|word| word.calls.load(Ordering::SeqCst)).collect();
    expect_eq("calls of `f` for each item", vec![1; words.len()], calls);
    let mut results: Vec<&str> = results.into_iter().map(Cell::into_inner).collect();
    results.sort_unstable();
    expect_eq("the results, in any order", vec!["a", "holds", "it", "lends", "scope", "what"], results);
}

/// An empty slice gives an empty vector: no call and no thread.
#[lab::test(rejects(), read = "Where the join stands")]
fn an_empty_slice_starts_nothing() {
    let (first, second) = (number_of_next_thread(), number_of_next_thread());
    let results = scoped_map(&[], |_: &u32| -> u32 { fail("no call of `f`, there being no items", "a call") });
    let third = number_of_next_thread();
    expect_eq("the results", Vec::<u32>::new(), results);
    // Threads are counted only where the numbers turn out to be consecutive.
    if let (Some(first), Some(second), Some(third)) = (first, second, third)
        && second == first + 1
    {
        expect_eq("threads started for an empty slice", 0, third - second - 1);
    }
}

/// Starts a thread and gives the number that the standard library has for it, if it says.
fn number_of_next_thread() -> Option<u64> {
    let id = thread::spawn(|| thread::current().id()).join().ok()?;
    let digits: String = format!("{id:?}").chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// If a call panics, `scoped_map` panics, too.
#[lab::test(rejects(M01), read = "What a dead worker costs")]
fn a_panicking_call_makes_scoped_map_panic() {
    for culprit in 0..3 {
        let journal = Journal::new();
        let outcome = panics::catch(|| {
            scoped_map(&[0, 1, 2], |&item| {
                let _span = journal.begin(format_args!("items[{item}]"));
                if item == culprit {
                    panics::inject("the call had a problem");
                }
                item
            })
        });
        if let Ok(results) = outcome {
            journal.fail(format_args!("a panic, because the call for items[{culprit}] panicked"), returned(&results));
        }
    }
}

/// A panic is passed on whatever its payload, and when every call panics.
#[lab::test(rejects(), read = "What a dead worker costs")]
fn a_panic_with_any_payload_is_passed_on() {
    type Panic = fn() -> u32;
    let kinds: [(&str, Panic); 3] = [
        ("a `&str` as its payload", || panics::inject("a literal")),
        ("a `String` as its payload", || panics::inject_owned(format!("{} and a half", 1))),
        ("a payload that is no text", || panics::inject_odd()),
    ];
    for (kind, panic) in kinds {
        let outcome = panics::catch(|| scoped_map(&[false, true, false], |&culprit| if culprit { panic() } else { 7 }));
        if let Ok(results) = outcome {
            fail(format_args!("a panic, because a call panicked with {kind}"), returned(&results));
        }
    }
    let outcome = panics::catch(|| scoped_map(&kinds, |(_, panic)| panic()));
    if let Ok(results) = outcome {
        fail("a panic, because every call panicked", returned(&results));
    }
}

/// The panic arrives after all other calls have returned.
#[lab::test(rejects(), read = "What a dead worker costs")]
fn a_panic_waits_for_the_other_calls() {
    for culprit in 0..3 {
        let journal = Journal::new();
        let gate = Gate::closed();
        // Opens the gate when the panic has got as far as it gets while the other calls stand at the gate.
        let opener = {
            let gate = gate.clone();
            thread::spawn(move || {
                quiesce();
                gate.open();
            })
        };
        let outcome = panics::catch(|| {
            let journal = journal.clone();
            scoped_map(&[0, 1, 2], move |&item| {
                let _span = journal.begin(format_args!("items[{item}]"));
                if item == culprit {
                    gate.wait_for(2, "other calls inside `f` beside the one that panics");
                    panics::inject("the call had a problem");
                }
                gate.pass_blocking();
                item
            })
        });
        let running = journal.running();
        if running > 0 {
            journal.fail("no call inside `f` any more when `scoped_map` comes to its end", running);
        }
        if let Ok(results) = outcome {
            journal.fail(format_args!("a panic, because the call for items[{culprit}] panicked"), returned(&results));
        }
        opener.join().expect("the gate is opened");
    }
}

/// What `scoped_map` did instead of panicking.
fn returned<R: std::fmt::Debug>(results: &[R]) -> String {
    format!("no panic: it returned {results:?}")
}
