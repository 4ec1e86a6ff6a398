//! The contract of `producer-consumer` under every schedule.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use lab::prelude::*;

use crate::producer_consumer::{BoundedBuffer, Closed};

/// Two items are enough for two pops, whoever waits, wakes and looks first.
#[model::test(rejects(M67, M69), read = "Look again after waking")]
fn two_items_serve_two_pops() {
    let buffer = buffer_of(2, []);
    let pops = [(); 2].map(|()| spawn(&buffer, BoundedBuffer::pop));
    for item in [1, 2] {
        expect_eq("`push` into a buffer with room", Ok(()), buffer.push(item));
    }
    let mut seen = pops.map(result);
    seen.sort();
    expect_eq("what 2 pops return when 2 items come in", [Some(1), Some(2)], seen);
}

/// Two places are enough for two pushes, whoever waits, wakes and looks first.
#[model::test(rejects(M69), read = "Whom to wake")]
fn two_places_serve_two_pushes() {
    let buffer = buffer_of(2, [1, 2]);
    let pushes = [3, 4].map(|item| spawn(&buffer, move |buffer| buffer.push(item)));
    let taken = [buffer.pop(), buffer.pop()];
    expect_eq("what 2 pushes return when 2 places become free", [Ok(()), Ok(())], pushes.map(result));
    expect_eq("items taken out, in order", [Some(1), Some(2)], taken);
    expect_eq("items inside", 2, buffer.len());
}

/// No push waits beside a free place, and no pop beside an item.
#[model::test(rejects(M69), read = "Whom to wake")]
fn nobody_waits_for_what_is_there() {
    let buffer = buffer_of(1, [0]);
    let pushes = [1, 2].map(|item| spawn(&buffer, move |buffer| buffer.push(item)));
    let pop = spawn(&buffer, BoundedBuffer::pop);
    let one = buffer.pop();
    let other = result(pop);
    expect_eq(
        "what 2 pushes return when 2 items are taken out of a full buffer of 1",
        [Ok(()), Ok(())],
        pushes.map(result),
    );
    expect(one.is_some() && other.is_some(), "2 pops that find items, the buffer being open", "`None`");
    expect_eq("items inside", 1, buffer.len());
}

/// Never more than `capacity` items are inside, whoever takes a place that becomes free.
#[model::test(rejects(M55, M67), read = "Look again after waking")]
fn never_more_inside_than_the_capacity() {
    let buffer = buffer_of(1, [0]);
    let pushes = [1, 2].map(|item| spawn(&buffer, move |buffer| buffer.push(item)));
    for _ in 0..2 {
        buffer.pop();
        let inside = buffer.len();
        expect(inside <= 1, "at most 1 item inside a buffer of 1", inside);
    }
    expect_eq("what 2 pushes return when 2 places become free", [Ok(()), Ok(())], pushes.map(result));
    expect_eq("items inside", 1, buffer.len());
}

/// `try_push` is refused only if every place is taken, and a `pop` on its way to sleep hears of the item.
#[model::test(rejects(M68), read = "Full is an answer")]
fn try_push_beside_a_pop_succeeds_and_is_heard() {
    let buffer = buffer_of(1, []);
    let pop = spawn(&buffer, BoundedBuffer::pop);
    expect_eq("`try_push` into an empty buffer, beside a `pop`", Ok(()), buffer.try_push(1));
    expect_eq("what the `pop` returns", Some(1), result(pop));
}

/// `close` reaches a `pop` that has found nothing and is about to wait.
#[model::test(rejects(M68), read = "Closing by hand")]
fn close_reaches_a_pop_that_is_about_to_wait() {
    let buffer = buffer_of(1, []);
    let pop = spawn(&buffer, BoundedBuffer::pop);
    buffer.close();
    expect_eq("what `pop` returns, the buffer being closed and empty", None, result(pop));
}

/// `close` reaches a `push` that has found no room and is about to wait.
#[model::test(rejects(M68), read = "Closing by hand")]
fn close_reaches_a_push_that_is_about_to_wait() {
    let buffer = buffer_of(1, [0]);
    let push = spawn(&buffer, |buffer| buffer.push(1));
    buffer.close();
    expect_eq("what `push(1)` returns, the buffer being closed and full", Err(Closed(1)), result(push));
}

/// A `push` that waits when the buffer is closed gets its item back, though a place becomes free.
#[model::test(rejects(), read = "Closing by hand")]
fn a_place_that_comes_after_close_is_not_given_away() {
    let buffer = buffer_of(1, [0]);
    let push = spawn(&buffer, |buffer| buffer.push(1));
    buffer.close();
    let rest = [buffer.pop(), buffer.pop()];
    expect_eq("what `push(1)` returns: it finds the buffer full, then closed", Err(Closed(1)), result(push));
    expect_eq("what pops return: what was inside, then nothing", [Some(0), None], rest);
}

/// A `push` beside `close` may end either way: `Ok` if its item comes out, `Closed` if not.
#[model::test(rejects(M82), read = "Closing by hand")]
fn what_push_says_is_what_becomes_of_the_item() {
    let buffer = buffer_of(1, []);
    let push = spawn(&buffer, |buffer| buffer.push(1));
    buffer.close();
    let item = buffer.pop();
    let pushed = result(push);
    let late = buffer.pop();
    expect(late.is_none(), "no item after a `None`", format_args!("{item:?}, then {late:?}"));
    let said = if item.is_some() { Ok(()) } else { Err(Closed(1)) };
    expect_eq(&format!("what `push(1)` returns, pops after `close` finding {item:?}"), said, pushed);
}

/// Whatever went in before `close` comes out before `None`, in order.
#[model::test(rejects(M68), read = "Closing by hand")]
fn no_pop_misses_what_came_before_close() {
    let buffer = buffer_of(1, []);
    let producer = spawn(&buffer, |buffer| {
        let pushed = [buffer.push(1), buffer.push(2)];
        buffer.close();
        pushed
    });
    let seen = [buffer.pop(), buffer.pop(), buffer.pop()];
    expect_eq("what 2 pushes return before `close`", [Ok(()), Ok(())], result(producer));
    expect_eq("what 3 pops return, 2 items having gone in before `close`", [Some(1), Some(2), None], seen);
}

/// Whoever is woken for no reason waits on.
#[model::test(rejects(M67), read = "Look again after waking", spurious)]
fn whoever_is_woken_for_no_reason_waits_on() {
    let buffer = buffer_of(1, []);
    let consumer = spawn(&buffer, |buffer| (buffer.len(), buffer.pop()));
    let pushed = [buffer.push(1), buffer.push(2)];
    let (inside, item) = result(consumer);
    expect_eq("what 2 pushes return", [Ok(()), Ok(())], pushed);
    expect_eq("what the `pop` returns", Some(1), item);
    expect(inside <= 1, "at most 1 item inside a buffer of 1", inside);
    expect_eq("items inside in the end", 1, buffer.len());
}

/// A buffer with that many places and these items in it.
fn buffer_of<const N: usize>(capacity: usize, items: [usize; N]) -> Arc<BoundedBuffer<usize>> {
    let buffer = BoundedBuffer::new(NonZeroUsize::new(capacity).expect("the tests ask for at least one place"));
    for item in items {
        expect_eq("`push` into a buffer with room", Ok(()), buffer.push(item));
    }
    Arc::new(buffer)
}

/// Calls on a thread of their own.
fn spawn<R: Send + 'static>(
    buffer: &Arc<BoundedBuffer<usize>>,
    calls: impl FnOnce(&BoundedBuffer<usize>) -> R + Send + 'static,
) -> JoinHandle<R> {
    let buffer = buffer.clone();
    thread::spawn(move || calls(&buffer))
}

/// What the calls returned.
fn result<R>(calls: JoinHandle<R>) -> R {
    calls.join().unwrap_or_else(|payload| resume_unwind(payload))
}
