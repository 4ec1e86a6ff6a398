//! What the contract of `producer-consumer` promises, clause by clause.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::fs;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use lab::awaited::awaiting;
use lab::prelude::*;

use crate::producer_consumer::{BoundedBuffer, Closed, TryPushError};

/// Items come out in the order in which they went in.
#[lab::test(rejects(), read = "One lock, two conditions")]
fn items_come_out_in_the_order_in_which_they_went_in() {
    let buffer = buffer_of(3);
    fill(&buffer, 3, [1, 2]);
    let mut seen = vec![take(&buffer)];
    // Room for three: the rest goes around the end of whatever the items are kept in.
    fill(&buffer, 3, [3, 4]);
    seen.extend([take(&buffer), take(&buffer)]);
    fill(&buffer, 3, [5, 6]);
    seen.extend([take(&buffer), take(&buffer), take(&buffer)]);
    expect_eq("items 1 to 6, in this order", [1, 2, 3, 4, 5, 6].map(Some).to_vec(), seen);
}

/// The order holds whichever threads make the calls.
#[lab::test(rejects(), read = "One lock, two conditions")]
fn the_order_holds_across_threads() {
    let (journal, buffer) = (Journal::new(), buffer_of(3));
    for item in 1..=3 {
        let result = push(&journal, &buffer, item).result("`push` returns, there being room");
        expect_eq("what `push` returns, there being room", Ok(()), result);
    }
    let seen = [(); 3].map(|()| pop(&journal, &buffer).result("`pop` returns, there being an item"));
    expect_eq("what three pops return, one after the other", [Some(1), Some(2), Some(3)], seen);
}

/// Exactly as many items fit in as the capacity says; a further one comes back in `Full`.
#[lab::test(rejects(), read = "Full is an answer")]
fn as_many_items_fit_in_as_the_capacity_says() {
    for capacity in [1, 2, 5] {
        let buffer = buffer_of(capacity);
        let into = format!("`try_push` into a buffer of {capacity}");
        for inside in 0..capacity {
            let seen = at_once("`try_push`", || buffer.try_push(inside));
            expect_eq(&format!("{into}, {inside} inside"), Ok(()), seen);
        }
        // A place that was taken is free again when its item has come out.
        for item in 0..2 * capacity {
            let seen = at_once("`try_push`", || buffer.try_push(100));
            expect_eq(&format!("{into} that is full"), Err(TryPushError::Full(100)), seen);
            expect_eq("the item that is taken out", Some(item), take(&buffer));
            let seen = at_once("`try_push`", || buffer.try_push(item + capacity));
            expect_eq(&format!("{into}, {} inside", capacity - 1), Ok(()), seen);
        }
    }
}

/// `push` waits while the buffer is full.
#[lab::test(rejects(M03, M91), read = "Back-pressure travels")]
fn push_waits_while_the_buffer_is_full() {
    let (journal, buffer) = (Journal::new(), buffer_of(2));
    for item in [1, 2] {
        record(&journal, format_args!("push {item}"), || fill(&buffer, 2, [item]));
    }
    let third = push(&journal, &buffer, 3);
    let third = third.must_wait("`push` waits while a buffer of 2 holds 2 items");
    let first = record(&journal, "pop", || take(&buffer));
    expect_eq("the first item", Some(1), first);
    expect_eq("what the `push` returns", Ok(()), third.result("a waiting `push` goes on when a place becomes free"));
    expect_eq("the other items", [Some(2), Some(3)], [take(&buffer), take(&buffer)]);
}

/// `pop` waits while the buffer is empty and open.
#[lab::test(rejects(M06, M91), read = "One lock, two conditions")]
fn pop_waits_while_the_buffer_is_empty() {
    let (journal, buffer) = (Journal::new(), buffer_of(2));
    // Empty from the beginning, and empty again.
    for item in [1, 2] {
        let waiting = pop(&journal, &buffer).must_wait("`pop` waits while the buffer is empty and open");
        record(&journal, format_args!("push {item}"), || fill(&buffer, 2, [item]));
        expect_eq(
            "what the `pop` returns",
            Some(item),
            waiting.result("a waiting `pop` goes on when an item comes in"),
        );
    }
}

/// A `push` that waits costs no CPU: it sleeps until it is woken.
#[lab::test(rejects(M66), read = "One lock, two conditions")]
fn a_push_that_waits_sleeps() {
    let buffer = buffer_of(1);
    fill(&buffer, 1, [1]);
    let waiting = Sleeper::of("push", {
        let buffer = buffer.clone();
        move || buffer.push(2)
    });
    waiting.expect_asleep("a `push` that waits for a place sleeps until a `pop` or `close` wakes it");
    take(&buffer);
    expect_eq("what the `push` returns", Ok(()), waiting.call.result("a sleeping `push` is woken for a place"));
}

/// A `pop` that waits costs no CPU: it sleeps until it is woken.
#[lab::test(rejects(M66), read = "One lock, two conditions")]
fn a_pop_that_waits_sleeps() {
    let buffer = buffer_of(1);
    let waiting = Sleeper::of("pop", {
        let buffer = buffer.clone();
        move || buffer.pop()
    });
    waiting.expect_asleep("a `pop` that waits for an item sleeps until a `push` or `close` wakes it");
    fill(&buffer, 1, [1]);
    expect_eq("what the `pop` returns", Some(1), waiting.call.result("a sleeping `pop` is woken for an item"));
}

/// One item that comes in lets one waiting `pop` go on, however many wait.
#[lab::test(rejects(M67), read = "Look again after waking")]
fn one_item_lets_one_waiting_pop_go_on() {
    let (journal, buffer) = (Journal::new(), buffer_of(3));
    let pops = [(); 3].map(|()| pop(&journal, &buffer));
    quiesce();
    for item in 1..=3 {
        record(&journal, format_args!("push {item}"), || fill(&buffer, 3, [item]));
        expect_returned(&journal, &pops, item, "pops", "as many items have come in");
    }
    let items = BTreeSet::from(pops.map(|pop| pop.result("3 items end the wait of 3 pops")));
    expect_eq("what 3 waiting pops return", BTreeSet::from([1, 2, 3].map(Some)), items);
}

/// One place that becomes free lets one waiting `push` go on, however many wait.
#[lab::test(rejects(M67), read = "Look again after waking")]
fn one_place_lets_one_waiting_push_go_on() {
    let (journal, buffer) = (Journal::new(), buffer_of(1));
    fill(&buffer, 1, [0]);
    let pushes = [1, 2, 3].map(|item| push(&journal, &buffer, item));
    quiesce();
    let mut items = BTreeSet::new();
    for taken in 1..=3 {
        items.insert(record(&journal, "pop", || take(&buffer)));
        expect_returned(&journal, &pushes, taken, "pushes", "as many places have become free");
    }
    for push in pushes {
        expect_eq("what a waiting `push` returns", Ok(()), push.result("3 places end the wait of 3 pushes"));
    }
    items.insert(take(&buffer));
    expect_eq("items taken out in the end", BTreeSet::from([0, 1, 2, 3].map(Some)), items);
}

/// A wake-up with another reason, a stray `unpark`, lets nobody go on.
#[lab::test(rejects(M67), read = "Look again after waking")]
fn a_stray_unpark_lets_nobody_go_on() {
    let (journal, buffer) = (Journal::new(), buffer_of(1));
    let waiting = call(&journal, "pop, on a thread just unparked", {
        let buffer = buffer.clone();
        move || {
            thread::current().unpark();
            buffer.pop()
        }
    });
    let waiting = waiting.must_wait("`pop` waits for an item, on a thread that was unparked for another reason");
    fill(&buffer, 1, [1]);
    expect_eq("what the `pop` returns", Some(1), waiting.result("a waiting `pop` goes on when an item comes in"));
    fill(&buffer, 1, [2]);
    let waiting = call(&journal, "push 3, on a thread just unparked", {
        let buffer = buffer.clone();
        move || {
            thread::current().unpark();
            buffer.push(3)
        }
    });
    let waiting = waiting.must_wait("`push` waits for a place, on a thread that was unparked for another reason");
    expect_eq("the first item", Some(2), take(&buffer));
    expect_eq("what the `push` returns", Ok(()), waiting.result("a waiting `push` goes on when a place becomes free"));
    expect_eq("the other item", Some(3), take(&buffer));
}

/// `try_push` and `len` never wait, not even behind calls that do.
#[lab::test(rejects(), read = "Full is an answer")]
fn try_push_and_len_never_wait() {
    let (journal, buffer) = (Journal::new(), buffer_of(1));
    let waiting_pop = pop(&journal, &buffer).must_wait("`pop` waits while the buffer is empty and open");
    expect_eq("`len` while a `pop` waits", 0, at_once("`len`, beside a `pop` that waits,", || buffer.len()));
    let seen = at_once("`try_push`, beside a `pop` that waits,", || buffer.try_push(1));
    expect_eq("`try_push` into an empty buffer, while a `pop` waits", Ok(()), seen);
    let item = waiting_pop.result("a waiting `pop` goes on when an item comes in by `try_push`");
    expect_eq("what the `pop` returns", Some(1), item);

    fill(&buffer, 1, [2]);
    let waiting_push = push(&journal, &buffer, 3).must_wait("`push` waits while a buffer of 1 holds 1 item");
    expect_eq("`len` while a `push` waits", 1, at_once("`len`, beside a `push` that waits,", || buffer.len()));
    let seen = at_once("`try_push`, beside a `push` that waits,", || buffer.try_push(4));
    expect_eq("`try_push(4)` into a full buffer, while a `push` waits", Err(TryPushError::Full(4)), seen);
    expect_eq("the first item", Some(2), take(&buffer));
    let result = waiting_push.result("a waiting `push` goes on when a place becomes free");
    expect_eq("what the `push` returns", Ok(()), result);
}

/// An item that comes in by `try_push` lets a waiting `pop` go on.
#[lab::test(rejects(), read = "Whom to wake")]
fn an_item_from_try_push_lets_a_waiting_pop_go_on() {
    let (journal, buffer) = (Journal::new(), buffer_of(2));
    let pops = [(); 2].map(|()| pop(&journal, &buffer));
    quiesce();
    for item in [1, 2] {
        let seen = record(&journal, format_args!("try_push {item}"), || buffer.try_push(item));
        expect_eq("`try_push` into a buffer with room", Ok(()), seen);
        expect_returned(&journal, &pops, item, "pops", "as many items have come in by `try_push`");
    }
    let items = BTreeSet::from(pops.map(|pop| pop.result("2 items that come in by `try_push` end the wait of 2 pops")));
    expect_eq("what 2 waiting pops return", BTreeSet::from([1, 2].map(Some)), items);
}

/// `len` is the number of items inside; calls that wait do not count.
#[lab::test(rejects(), read = "One lock, two conditions")]
fn len_is_the_number_of_items_inside() {
    let (journal, buffer) = (Journal::new(), buffer_of(3));
    let len = || at_once("`len`", || buffer.len());
    expect_eq("`len` of a new buffer", 0, len());
    fill(&buffer, 3, [1, 2, 3]);
    expect_eq("`len` after 3 pushes", 3, len());
    let pushes = [4, 5].map(|item| push(&journal, &buffer, item));
    quiesce();
    expect_eq("`len` while a buffer of 3 is full and 2 pushes wait", 3, len());
    for item in [1, 2] {
        expect_eq("the items, in order", Some(item), take(&buffer));
        expect_returned(&journal, &pushes, item, "pushes", "as many places have become free");
    }
    for push in pushes {
        expect_eq("what a waiting `push` returns", Ok(()), push.result("2 places end the wait of 2 pushes"));
    }
    take(&buffer);
    expect_eq("`len` after 5 pushes and 3 pops", 2, len());
    at_once("`close`", || buffer.close());
    expect_eq("`len` of a closed buffer with 2 items inside", 2, len());
    expect_eq("a push into it", Err(Closed(6)), at_once("`push` into a closed buffer", || buffer.push(6)));
    expect_eq("`len` after a push that was sent back", 2, len());
    let rest = [take(&buffer), take(&buffer), take(&buffer)].map(|item| item.is_some());
    expect_eq("whether there is an item, three times", [true, true, false], rest);
    expect_eq("`len` of a closed buffer that is empty", 0, len());
}

/// After `close`, `push` and `try_push` give the item back, though there is room.
#[lab::test(rejects(), read = "Closing by hand")]
fn a_closed_buffer_gives_items_back() {
    let buffer = buffer_of(3);
    fill(&buffer, 3, [1]);
    at_once("`close`", || buffer.close());
    let pushed = at_once("`push` into a closed buffer", || buffer.push(2));
    expect_eq("`push(2)` into a closed buffer with room", Err(Closed(2)), pushed);
    let tried = at_once("`try_push`", || buffer.try_push(3));
    expect_eq("`try_push(3)` into a closed buffer with room", Err(TryPushError::Closed(3)), tried);
    let rest = [take(&buffer), take(&buffer)];
    expect_eq("what pops return: what was pushed before the end, then nothing", [Some(1), None], rest);
}

/// `try_push` answers `Closed` when the buffer is both closed and full.
#[lab::test(rejects(), read = "Full is an answer")]
fn closed_and_full_is_closed() {
    let buffer = buffer_of(1);
    fill(&buffer, 1, [1]);
    at_once("`close`", || buffer.close());
    let seen = at_once("`try_push`", || buffer.try_push(2));
    expect_eq("`try_push(2)` into a buffer that is closed and full", Err(TryPushError::Closed(2)), seen);
}

/// `close` gives every waiting `push` its item back.
#[lab::test(rejects(M69), read = "Whom to wake")]
fn close_gives_every_waiting_push_its_item_back() {
    let (journal, buffer) = (Journal::new(), buffer_of(1));
    fill(&buffer, 1, [0]);
    let pushes = [1, 2, 3].map(|item| push(&journal, &buffer, item));
    quiesce();
    record(&journal, "close", || buffer.close());
    expect_returned(&journal, &pushes, 3, "pushes", "the buffer is closed");
    for (item, push) in (1..).zip(pushes) {
        let seen = push.result("`close` ends the wait of 3 pushes");
        expect_eq(&format!("what the waiting `push({item})` returns after `close`"), Err(Closed(item)), seen);
    }
    let rest = [take(&buffer), take(&buffer)];
    expect_eq("what pops return: what was inside, and nothing else", [Some(0), None], rest);
}

/// `close` gives every waiting `pop` a `None`.
#[lab::test(rejects(M69), read = "Whom to wake")]
fn close_gives_every_waiting_pop_a_none() {
    let (journal, buffer) = (Journal::new(), buffer_of(1));
    let pops = [(); 3].map(|()| pop(&journal, &buffer));
    quiesce();
    record(&journal, "close", || buffer.close());
    expect_returned(&journal, &pops, 3, "pops", "the buffer is closed");
    for pop in pops {
        expect_eq("what a waiting `pop` returns after `close`", None, pop.result("`close` ends the wait of 3 pops"));
    }
}

/// `close` never waits: not for the buffer to become empty, and not behind calls that wait.
#[lab::test(rejects(M82), read = "Closing by hand")]
fn close_never_waits() {
    let (journal, full, empty) = (Journal::new(), buffer_of(1), buffer_of(1));
    fill(&full, 1, [1]);
    let pushing = push(&journal, &full, 2).must_wait("`push` waits while a buffer of 1 holds 1 item");
    record(&journal, "close, full", || at_once("`close` of a full buffer with a waiting `push`", || full.close()));
    expect_eq("the waiting `push(2)`", Err(Closed(2)), pushing.result("`close` ends the wait of a `push`"));
    expect_eq("what was inside", Some(1), take(&full));
    let popping = pop(&journal, &empty).must_wait("`pop` waits while the buffer is empty and open");
    record(&journal, "close, empty", || at_once("`close` of an empty buffer with a waiting `pop`", || empty.close()));
    expect_eq("the waiting `pop`", None, popping.result("`close` ends the wait of a `pop`"));
}

/// What is inside when the buffer is closed still comes out, in order.
#[lab::test(rejects(M82), read = "Closing by hand")]
fn what_is_inside_still_comes_out_after_close() {
    let buffer = buffer_of(4);
    fill(&buffer, 4, [1, 2, 3]);
    at_once("`close`", || buffer.close());
    let seen = [take(&buffer), take(&buffer), take(&buffer), take(&buffer)];
    expect_eq("what 4 pops return, 3 items being inside", [Some(1), Some(2), Some(3), None], seen);
}

/// After the last item every `pop` answers `None`, for ever, on every thread.
#[lab::test(rejects(M82), read = "Closing by hand")]
fn after_the_last_item_every_pop_answers_none() {
    let (journal, buffer) = (Journal::new(), buffer_of(3));
    fill(&buffer, 3, [1]);
    record(&journal, "close", || at_once("`close`", || buffer.close()));
    expect_eq("the last item", Some(1), record(&journal, "pop", || take(&buffer)));
    for _ in 0..3 {
        let seen = pop(&journal, &buffer).result("`pop` returns at once, the buffer being closed and empty");
        expect_eq("what `pop` returns, the buffer being closed and empty", None, seen);
    }
}

/// Closing twice is closing once.
#[lab::test(rejects(), read = "Closing by hand")]
fn closing_twice_is_closing_once() {
    let buffer = buffer_of(2);
    fill(&buffer, 2, [1, 2]);
    at_once("the first `close`", || buffer.close());
    at_once("the second `close`", || buffer.close());
    let seen = [take(&buffer), take(&buffer), take(&buffer)];
    expect_eq("what pops return after two calls of `close`", [Some(1), Some(2), None], seen);
    at_once("the third `close`, of an empty buffer,", || buffer.close());
    expect_eq("what `pop` returns in the end", None, take(&buffer));
}

/// Items that are left are dropped with the buffer, each once.
#[lab::test(rejects(), read = "Closing by hand")]
fn items_left_are_dropped_with_the_buffer() {
    for closed in [false, true] {
        let (items, buffer) = (DropCounter::new(), buffer_of(3));
        // Around the end once, so that first and last are not where they began.
        for _ in 0..2 {
            fill(&buffer, 3, [items.token()]);
            drop(take(&buffer));
        }
        fill(&buffer, 3, [items.token(), items.token(), items.token()]);
        let taken = take(&buffer);
        expect_eq("items dropped while 2 are inside and 1 was taken out", 2, items.dropped());
        if closed {
            at_once("`close`", || buffer.close());
            expect_eq("items dropped by `close`", 2, items.dropped());
        }
        let buffer = Arc::into_inner(buffer).expect("no other thread has it");
        drop(buffer);
        expect_eq("of 5 items, those dropped when the buffer is gone and 1 was taken out", 4, items.dropped());
        drop(taken);
        expect_eq("of 5 items, those dropped in the end", 5, items.dropped());
    }
}

/// Any item will do that may move to another thread; it need not be shareable, or own what it shows.
#[lab::test(rejects(), read = "One lock, two conditions")]
fn any_item_will_do_that_may_move_to_another_thread() {
    let number = 7;
    // Not `Sync`, not `Clone`, not `'static`.
    struct Item<'a>(Cell<&'a u32>);
    let buffer = buffer_of(1);
    is_send(&buffer);
    is_sync(&buffer);
    let seen = thread::scope(|scope| {
        let popped = scope.spawn(|| buffer.pop().map(|item: Item<'_>| *item.0.get()));
        fill(&buffer, 1, [Item(Cell::new(&number))]);
        let _awaited = awaiting("a `pop` on another thread returns the item", || "it has not returned".to_owned());
        popped.join().unwrap_or_else(|payload| resume_unwind(payload))
    });
    expect_eq("what the item shows", Some(7), seen);
}

/// However many threads push and pop, every item comes out once, and the end reaches everybody.
#[lab::test(rejects(M82), read = "Closing by hand")]
fn many_producers_and_consumers_lose_nothing() {
    const EACH: usize = 40;
    let (journal, buffer) = (Journal::new(), buffer_of(6 * EACH));
    // Nobody ever has to wait in here: who wakes whom is another question, for other tests.
    for number in 1..=3 * EACH {
        fill(&buffer, 6 * EACH, [(0, number)]);
    }
    let producers = [1, 2, 3].map(|producer| {
        let buffer = buffer.clone();
        call(&journal, format_args!("producer {producer}"), move || {
            (1..=EACH).filter(|&number| buffer.push((producer, number)).is_ok()).count()
        })
    });
    let consumers = [1, 2, 3].map(|consumer| consume(&journal, format_args!("consumer {consumer}"), &buffer, EACH));
    for producer in producers {
        expect_eq("pushes of each producer that succeed", EACH, producer.result("producers find room, and finish"));
    }
    let mut batches = Vec::from(consumers.map(|consumer| consumer.result("consumers find items, and finish")));
    record(&journal, "close", || at_once("`close`", || buffer.close()));
    let last = [4, 5, 6].map(|consumer| consume(&journal, format_args!("consumer {consumer}"), &buffer, usize::MAX));
    batches
        .extend(last.map(|consumer| consumer.result("consumers of a closed buffer find items or the end, and finish")));
    for batch in &batches {
        for producer in 0..=3 {
            let numbers: Vec<usize> = batch.iter().filter(|item| item.0 == producer).map(|item| item.1).collect();
            let in_order = numbers.is_sorted_by(|one, next| one < next);
            let expected = format!("items of producer {producer} come out in the order in which they went in");
            expect(in_order, expected, format_args!("one consumer got {numbers:?}"));
        }
    }
    let count = batches.iter().map(Vec::len).sum::<usize>();
    let different = batches.into_iter().flatten().collect::<BTreeSet<_>>().len();
    expect_eq("items that came out, and different ones among them", (6 * EACH, 6 * EACH), (count, different));
}

/// Takes out so many items, or all there are up to the end, on a thread of its own.
fn consume<T: Send + 'static>(
    journal: &Journal,
    label: impl Display,
    buffer: &Arc<BoundedBuffer<T>>,
    count: usize,
) -> Call<Vec<T>> {
    let buffer = buffer.clone();
    call(journal, label, move || std::iter::from_fn(|| buffer.pop()).take(count).collect())
}

/// A buffer with that many places, for many threads.
fn buffer_of<T>(capacity: usize) -> Arc<BoundedBuffer<T>> {
    Arc::new(BoundedBuffer::new(NonZeroUsize::new(capacity).expect("the tests ask for at least one place")))
}

/// Pushes items for which there is room.
fn fill<T, const N: usize>(buffer: &BoundedBuffer<T>, capacity: usize, items: [T; N]) {
    let _awaited = awaiting(format!("`push` returns at once while a buffer of {capacity} has room"), || {
        "it has not returned".to_owned()
    });
    for item in items {
        expect(buffer.push(item).is_ok(), "`push` into an open buffer with room returns `Ok`", "`Err(Closed(…))`");
    }
}

/// Takes out what must be there, or the end.
fn take<T>(buffer: &BoundedBuffer<T>) -> Option<T> {
    at_once("`pop` where there is an item, or the end,", || buffer.pop())
}

/// Makes a call that has no reason to wait. If it does all the same, that is what the report says.
fn at_once<R>(what: &str, call: impl FnOnce() -> R) -> R {
    let _awaited = awaiting(format!("{what} returns at once"), || "it has not returned".to_owned());
    call()
}

/// Makes a call that the picture shows.
fn record<R>(journal: &Journal, label: impl Display, call: impl FnOnce() -> R) -> R {
    let _span = journal.begin(label);
    call()
}

/// A call on a thread of its own, because it may have to wait.
struct Call<R> {
    label: String,
    has_returned: Arc<AtomicBool>,
    thread: JoinHandle<R>,
}

/// Makes a call on a thread of its own.
fn call<R: Send + 'static>(
    journal: &Journal,
    label: impl Display,
    call: impl FnOnce() -> R + Send + 'static,
) -> Call<R> {
    let label = label.to_string();
    let has_returned = Arc::new(AtomicBool::new(false));
    // Rows in the order of the calls, whichever thread is faster.
    let span = journal.begin(&label);
    let tell = has_returned.clone();
    let thread = thread::spawn(move || {
        let result = call();
        drop(span);
        tell.store(true, Ordering::SeqCst);
        result
    });
    Call { label, has_returned, thread }
}

/// `push` on a thread of its own.
fn push(journal: &Journal, buffer: &Arc<BoundedBuffer<usize>>, item: usize) -> Call<Result<(), Closed<usize>>> {
    let buffer = buffer.clone();
    call(journal, format_args!("push {item}"), move || buffer.push(item))
}

/// `pop` on a thread of its own.
fn pop(journal: &Journal, buffer: &Arc<BoundedBuffer<usize>>) -> Call<Option<usize>> {
    let buffer = buffer.clone();
    call(journal, "pop", move || buffer.pop())
}

impl<R> Call<R> {
    fn has_returned(&self) -> bool {
        self.has_returned.load(Ordering::SeqCst)
    }

    /// The result. If the call never returns, that is what the report says.
    fn result(self, expected: &str) -> R {
        let label = self.label;
        let _awaited = awaiting(expected, move || format!("`{label}` still waits"));
        self.thread.join().unwrap_or_else(|payload| resume_unwind(payload))
    }

    /// Ends the test if the call returns before anybody else has done anything.
    fn must_wait(self, expected: &str) -> Self
    where
        R: Debug,
    {
        quiesce();
        if self.thread.is_finished() || self.has_returned() {
            let label = self.label.clone();
            let result = self.result(expected);
            fail(expected, format_args!("`{label}` returned {result:?}"));
        }
        self
    }
}

/// Ends the test unless so many of the waiting calls go on, and no more.
fn expect_returned<R>(journal: &Journal, calls: &[Call<R>], count: usize, who: &str, when: &str) {
    let expected = format!("{count} of {} waiting {who} to go on when {when}", calls.len());
    let flags: Vec<_> = calls.iter().map(|call| call.has_returned.clone()).collect();
    let returned = move || flags.iter().filter(|flag| flag.load(Ordering::SeqCst)).count();
    let seen = returned.clone();
    let _awaited = awaiting(expected.clone(), move || seen().to_string());
    quiesce();
    // Once everybody waits, nobody is on the way any more: then waiting for the others would only hide that.
    let mut looks = 1;
    while returned() < count && (census::threads().is_none() || looks < 2) {
        quiesce();
        looks += 1;
    }
    if calls.iter().any(|call| call.thread.is_finished() && !call.has_returned()) {
        panic!("a call panicked; the report tells of that panic");
    }
    if returned() != count {
        journal.fail(expected, returned());
    }
}

/// A call that waits, and what the system knows about its thread.
struct Sleeper<R> {
    call: Call<R>,
    thread: Option<Watched>,
}

impl<R: Send + 'static> Sleeper<R> {
    fn of(label: &str, wait: impl FnOnce() -> R + Send + 'static) -> Self {
        let (tell, told) = mpsc::channel();
        let call = call(&Journal::new(), label, move || {
            tell.send(Watched::this()).expect("the test listens");
            wait()
        });
        Self { call, thread: told.recv().expect("a thread tells who it is before it waits") }
    }

    /// Returns when the call sleeps and only another thread can wake it. What counts is what its thread did, not how
    /// long it took: a right call on a busy machine has only not come so far. Where the system does not tell, nothing
    /// is judged.
    fn expect_asleep(&self, expected: &str) {
        // Clearly more than it takes to go to sleep.
        const TICKS: u64 = 10;
        const SHORT_SLEEPS: usize = 3;
        let Some(thread) = &self.thread else { return };
        let _awaited = awaiting(expected, || "it has not gone to sleep for good".to_owned());
        let (mut before, mut short_sleeps) = (None, BTreeSet::new());
        while let Some(look) = thread.look() {
            if look.ticks >= TICKS {
                fail(expected, "it keeps a processor busy, looking again and again");
            }
            if look.asleep && look.has_time_limit {
                short_sleeps.insert(look.switches);
            } else if look.asleep && before == Some(look.switches) {
                return;
            }
            if short_sleeps.len() >= SHORT_SLEEPS {
                fail(expected, "it sleeps for a while, wakes by itself to look again, and sleeps again");
            }
            before = Some(look.switches);
            thread::sleep(ms(1));
        }
    }
}

/// A thread as Linux shows it in `/proc` (see `proc(5)`).
struct Watched(PathBuf);

/// What a thread is doing, at a glance.
struct Look {
    asleep: bool,
    /// It sleeps in a call that ends by itself after some time.
    has_time_limit: bool,
    /// How often it has given up its processor.
    switches: u64,
    /// Processor time used, in hundredths of a second.
    ticks: u64,
}

impl Watched {
    /// The calling thread; `None` on other systems.
    fn this() -> Option<Self> {
        let this = fs::read_link("/proc/thread-self").ok()?;
        Some(Self(Path::new("/proc").join(this)))
    }

    /// `None` if the thread has ended, or the system does not tell.
    fn look(&self) -> Option<Look> {
        let status = fs::read_to_string(self.0.join("status")).ok()?;
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let number = |name| field(name)?.parse::<u64>().ok();
        let switches = number("voluntary_ctxt_switches:")? + number("nonvoluntary_ctxt_switches:")?;
        // Behind the name, which may contain anything: the state, ten numbers, and the time used in two parts.
        let stat = fs::read_to_string(self.0.join("stat")).ok()?;
        let times = stat.rsplit(')').next()?.split_whitespace().skip(11).take(2);
        let ticks = times.map(|ticks| ticks.parse::<u64>().unwrap_or(0)).sum();
        let asleep = field("State:")?.starts_with('S');
        Some(Look { asleep, has_time_limit: self.sleeps_with_a_time_limit(), switches, ticks })
    }

    /// Whether the thread sleeps in `nanosleep`, or waits on a lock or a condition with a time limit.
    fn sleeps_with_a_time_limit(&self) -> bool {
        let (nanosleep, clock_nanosleep, futex) = match std::env::consts::ARCH {
            "x86_64" => ("35", "230", "202"),
            "aarch64" => ("101", "115", "98"),
            _ => return false,
        };
        // The number of the system call and its arguments; a futex's fourth is the limit.
        let call = fs::read_to_string(self.0.join("syscall")).unwrap_or_default();
        let mut words = call.split_whitespace();
        match words.next() {
            Some(number) if number == futex => words.nth(3).is_some_and(|limit| limit != "0x0"),
            Some(number) => number == nanosleep || number == clock_nanosleep,
            None => false,
        }
    }
}
