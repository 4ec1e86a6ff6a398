//! What the contract of `stage-combinators` promises, clause by clause.
//!
//! Stages are fed and read by hand. Between two steps, [`turns`] lets everything run that can run. No time passes
//! meanwhile, so no timer helps a stage to notice what it should be told; and no stage that runs in circles keeps a
//! test from ending.

use std::cell::Cell;
use std::rc::Rc;

use lab::prelude::*;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::yield_now;
use tokio::time::{advance, sleep};

use crate::stage_combinators::{filter_stage, map_stage, source, take_stage};

/// Items come out in the order in which they went in, and none is lost.
#[lab::test(rejects(), read = "A stage is a task between two channels")]
async fn items_come_out_in_order_and_none_is_lost() {
    for reader_pauses in [false, true] {
        let mut sum = 0;
        let sums = map_stage(source(1..=60_u64), move |n| {
            sum += n;
            sum
        });
        let mut output = take_stage(filter_stage(sums, |sum| sum % 2 == 0), 100);
        let wanted: Vec<u64> = (1..=60).map(|n| n * (n + 1) / 2).filter(|sum| sum % 2 == 0).collect();
        let mut seen = Vec::new();
        // Whether the end comes, too, is a promise of its own.
        while seen.len() < wanted.len() {
            let Some(sum) = next(&mut output, "source, map_stage, filter_stage and take_stage in a row").await else {
                break;
            };
            seen.push(sum);
            if reader_pauses {
                turns().await;
            }
        }
        expect_eq("the even ones among the sums 1, 1+2, 1+2+3, …", wanted, seen);
    }
}

/// An item comes out of a stage as soon as it has gone through.
#[lab::test(rejects(M91), read = "Stages overlap")]
async fn an_item_comes_out_before_the_next_goes_in() {
    for (name, stage) in stages() {
        let (input, receiver) = mpsc::channel(1);
        let mut output = stage(receiver);
        for item in 1..=3 {
            give(&input, item, name);
            turns().await;
            let seen = match output.try_recv() {
                Ok(seen) if seen == item => continue,
                Ok(other) => format!("item {other} comes out"),
                Err(TryRecvError::Empty) => "nothing comes out".to_owned(),
                Err(TryRecvError::Disconnected) => "the output is closed".to_owned(),
            };
            fail(format_args!("item {item} comes out of {name} before another goes in"), seen);
        }
    }
}

/// When its input is closed and everything has been passed on, a stage closes its output.
#[lab::test(rejects(M01, M06, M07), read = "The end travels downstream")]
async fn a_stage_closes_its_output_after_its_input_closed() {
    for items in [0, 1, 3] {
        let mut output = source(1..=items);
        expect_eq("the items of a source", Vec::from_iter(1..=items), rest(&mut output, "source").await);
        for (name, stage) in stages() {
            let (input, receiver) = mpsc::channel(1);
            let mut output = stage(receiver);
            for item in 1..=items {
                give(&input, item, name);
                turns().await;
                expect_eq(&format!("what comes out of {name}"), Ok(item), output.try_recv());
            }
            drop(input);
            expect_eq(&format!("what else comes out of {name}"), Vec::<i32>::new(), rest(&mut output, name).await);
        }
    }
    nothing_is_left("when all inputs have ended").await;
}

/// What is in a stage and its input when the input is closed still comes out.
#[lab::test(rejects(), read = "The end travels downstream")]
async fn what_is_under_way_when_the_input_closes_still_comes_out() {
    for (name, stage) in stages() {
        for closed_before in [true, false] {
            let (input, receiver) = mpsc::channel(5);
            for item in 1..=5 {
                give(&input, item, name);
            }
            let input = (!closed_before).then_some(input);
            let mut output = stage(receiver);
            // Nobody has read anything: the stage has what it can hold, and waits.
            turns().await;
            drop(input);
            expect_eq(
                &format!("what comes out of {name}, its input having been closed with 5 items in it"),
                Vec::from_iter(1..=5),
                rest(&mut output, name).await,
            );
        }
    }
}

/// While nobody reads its output, a stage takes at most two items.
#[lab::test(rejects(M03), read = "The slowest stage sets the pace")]
async fn a_stage_takes_at_most_two_items_while_nobody_reads() {
    for (name, stage) in stages::<Under>() {
        let journal = Journal::new();
        let (input, receiver) = mpsc::channel(1);
        let _output = stage(receiver);
        let mut taken = 0;
        while taken < PLENTY {
            give(&input, under(&journal, taken + 1), name);
            turns().await;
            advance(ms(10)).await;
            // What the stage has not taken is still in the channel.
            if input.capacity() == 0 {
                break;
            }
            taken += 1;
        }
        if taken > 2 {
            let expected = format!("{name} takes at most 2 items while its output is not read");
            journal.fail(expected, format_args!("it has taken {taken}{}", as_many_as_there_were(taken)));
        }
    }
}

/// A source takes from its iterator only what there is room for.
#[lab::test(rejects(M03), read = "The slowest stage sets the pace")]
async fn a_source_is_at_most_two_items_ahead_of_its_reader() {
    let journal = Journal::new();
    let mut output = source(under_way(&journal));
    for read in 0..5 {
        turns().await;
        advance(ms(10)).await;
        let taken = journal.begun().len();
        if taken > read + 2 {
            journal.fail(
                format_args!("at most {} items taken from the iterator when {read} have been read", read + 2),
                format_args!("{taken}{}", as_many_as_there_were(taken)),
            );
        }
        drop(next(&mut output, "source").await);
    }
}

/// A stage whose input is silent ends at once when its reader leaves.
#[lab::test(rejects(M02, M66), read = "Leaving travels upstream")]
async fn a_silent_stage_ends_when_its_reader_leaves() {
    for (name, stage) in stages() {
        for passed_before in 0..=1 {
            let (input, receiver) = mpsc::channel(1);
            let mut output = stage(receiver);
            for item in 1..=passed_before {
                give(&input, item, name);
                turns().await;
                expect_eq(&format!("what comes out of {name}"), Ok(item), output.try_recv());
            }
            turns().await;
            drop(output);
            let promise = format!("{name} drops its input when its reader has left, although no item comes");
            input_is_dropped(&input, &promise).await;
        }
    }
    nothing_is_left("when all readers have left").await;
}

/// When the receiver at the end is dropped, all stages and the source end at once.
#[lab::test(rejects(M02), read = "Leaving travels upstream")]
async fn everything_ends_when_the_last_reader_leaves() {
    for read in 0..=3 {
        let parts = DropCounter::new();
        let items = {
            let (part, items) = (parts.token(), parts.clone());
            (1..ENDLESS).map(move |_| {
                let _ = &part;
                items.token()
            })
        };
        let (f, keep) = (parts.token(), parts.token());
        let mapped = map_stage(source(items), move |item| {
            let _ = &f;
            item
        });
        let kept = filter_stage(mapped, move |_| {
            let _ = &keep;
            true
        });
        let mut output = take_stage(kept, 100);
        for _ in 0..read {
            drop(next(&mut output, "the take stage").await);
        }
        turns().await;
        drop(output);
        nothing_is_left(&format!("when the reader of the last stage has left after {read} items")).await;
        expect(
            parts.dropped() < ENDLESS,
            "the source takes no more items when its reader has left",
            "it has gone through its whole iterator",
        );
        expect(
            parts.alive() == 0,
            "the iterator, `f`, `keep` and all items are dropped with their stages",
            format_args!("{} of them still live", parts.alive()),
        );
    }
}

/// A pipeline whose input is silent ends from its end to its beginning.
#[lab::test(rejects(M02), read = "Leaving travels upstream")]
async fn a_silent_pipeline_ends_when_the_last_reader_leaves() {
    let (input, receiver) = mpsc::channel::<u32>(1);
    let mapped = map_stage(receiver, |item| item + 1);
    let output = take_stage(filter_stage(mapped, |_| true), 3);
    turns().await;
    drop(output);
    let promise = "the first of 3 stages drops its input when the last reader has left, although no item comes";
    input_is_dropped(&input, promise).await;
    nothing_is_left("when the reader of the last stage has left").await;
}

/// A filter that keeps nothing of an endless source ends when its reader leaves.
#[lab::test(rejects(M02), read = "Leaving travels upstream")]
async fn a_filter_that_keeps_nothing_ends_when_its_reader_leaves() {
    let output = filter_stage(source(1..ENDLESS), |_| false);
    turns().await;
    drop(output);
    nothing_is_left("when the reader of a filter that keeps nothing has left").await;
}

/// A stage that has nothing to do waits; it looks neither at a clock nor again and again.
#[lab::test(rejects(M66), read = "A stage is a task between two channels")]
async fn an_idle_stage_only_waits() {
    let (input, receiver) = mpsc::channel::<u32>(1);
    let mapped = map_stage(receiver, |item| item);
    let waiting_for_items = take_stage(filter_stage(mapped, |_| true), 3);
    let waiting_for_its_reader = map_stage(source(1..ENDLESS), |item| item);
    turns().await;
    let before = polls();
    turns().await;
    let spinning = polls() - before;
    expect(
        spinning <= FEW,
        "stages with nothing to do leave the runtime alone",
        format_args!("they had {spinning} turns before any time had passed"),
    );
    sleep(ms(30_000)).await;
    let awake = polls() - before;
    expect(
        awake <= FEW,
        "stages with nothing to do sleep until something happens",
        format_args!("they woke up {awake} times in half a minute of nothing"),
    );
    drop((input, waiting_for_items, waiting_for_its_reader));
}

/// A panic in `f` ends its stage: the input is dropped, the output closed.
#[lab::test(rejects(M24), read = "An error in the middle")]
async fn a_panic_in_f_ends_the_stage() {
    let (input, receiver) = mpsc::channel(3);
    let output = map_stage(receiver, |item| if item == 3 { panics::inject("a bad item") } else { item });
    ends_at_a_panic(input, output, "map_stage").await;
}

/// A panic in `keep` ends its stage: the input is dropped, the output closed.
#[lab::test(rejects(M24), read = "An error in the middle")]
async fn a_panic_in_keep_ends_the_stage() {
    let (input, receiver) = mpsc::channel(3);
    let output = filter_stage(receiver, |item| *item != 3 || panics::inject("a bad item"));
    ends_at_a_panic(input, output, "filter_stage").await;
}

/// `take_stage` ends right after the n-th item, without waiting for another.
#[lab::test(rejects(), read = "The end travels downstream")]
async fn take_ends_right_after_its_last_item() {
    for n in 1..=3 {
        let (input, receiver) = mpsc::channel(1);
        let mut output = take_stage(receiver, n);
        for item in 1..=n {
            give(&input, item, "take_stage");
            turns().await;
            expect_eq(&format!("what comes out of take_stage, `n` being {n}"), Ok(item), output.try_recv());
        }
        is_closed(&mut output, &format!("take_stage closes its output after item {n} of {n}")).await;
        input_is_dropped(&input, &format!("take_stage drops its input after item {n} of {n}")).await;
    }
}

/// `take_stage` stops everything before it when it has its items.
#[lab::test(rejects(), read = "Leaving travels upstream")]
async fn take_stops_what_comes_before_it() {
    let mut output = take_stage(map_stage(source(1..ENDLESS), |n| n * n), 3);
    expect_eq("the first 3 squares", vec![1, 4, 9], rest(&mut output, "take_stage").await);
    nothing_is_left("when take_stage has had its 3 items of an endless source").await;
}

/// `take_stage` of nothing ends at once.
#[lab::test(rejects(), read = "The end travels downstream")]
async fn take_of_nothing_ends_at_once() {
    let (input, receiver) = mpsc::channel::<u32>(1);
    let mut output = take_stage(receiver, 0);
    is_closed(&mut output, "take_stage with `n = 0` closes its output at once").await;
    input_is_dropped(&input, "take_stage with `n = 0` drops its input at once").await;
}

/// If the input ends before the n-th item, so does `take_stage`.
#[lab::test(rejects(), read = "The end travels downstream")]
async fn take_of_more_than_there_is_passes_everything() {
    for n in [5, 6, usize::MAX] {
        let mut output = take_stage(source(1..=5), n);
        let seen = rest(&mut output, &format!("take_stage of 5 items with `n = {n}`")).await;
        expect_eq(&format!("what comes out of take_stage, `n` being {n}"), Vec::from_iter(1..=5), seen);
    }
}

/// Compiles only if anything that the contract allows may be passed on.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn items_need_only_be_send() {
    /// May not move to another thread, while its iterator may.
    struct AtHome(Rc<()>);

    impl IntoIterator for AtHome {
        type Item = Cell<u8>;
        type IntoIter = std::vec::IntoIter<Cell<u8>>;

        fn into_iter(self) -> Self::IntoIter {
            drop(self.0);
            Vec::new().into_iter()
        }
    }

    let cells: Receiver<Cell<u8>> = source(AtHome(Rc::new(())));
    let mut calls = Box::new(Cell::new(0));
    let cells = filter_stage(cells, move |cell| {
        *calls.get_mut() += 1;
        calls.get() < cell.get()
    });
    let _: Receiver<Cell<u8>> = take_stage(map_stage(cells, |cell| cell), 1);
}

// --- Stages that pass on everything ---

/// A stage under the name by which messages speak of it.
type Stage<T> = (&'static str, fn(Receiver<T>) -> Receiver<T>);

fn stages<T: Send + 'static>() -> [Stage<T>; 3] {
    [
        ("map_stage", |input| map_stage(input, |item| item)),
        ("filter_stage", |input| filter_stage(input, |_| true)),
        ("take_stage", |input| take_stage(input, 100)),
    ]
}

// --- Items ---

/// No stage may take as many while nobody reads.
const PLENTY: usize = 20;

/// More items than any stage consumes before it notices that it may end.
const ENDLESS: usize = 100_000;

/// An item whose life is a bar in the journal: it begins when it is taken from its source and ends when it is read.
type Under = Span;

fn under(journal: &Journal, number: usize) -> Under {
    journal.begin(format_args!("item {number}"))
}

/// A source of plenty of such items.
fn under_way(journal: &Journal) -> impl Iterator<Item = Under> + Send + use<> {
    let journal = journal.clone();
    (1..=PLENTY).map(move |number| under(&journal, number))
}

fn as_many_as_there_were(count: usize) -> &'static str {
    if count >= PLENTY { ", as many as there were" } else { "" }
}

// --- Feeding, reading, and letting things happen ---

/// Lets everything run that can run. Whoever is woken by what another does has its turn, too; no time passes.
async fn turns() {
    for _ in 0..300 {
        yield_now().await;
    }
}

/// Puts an item into a channel that has room for it.
fn give<T>(input: &Sender<T>, item: T, stage: &str) {
    if input.try_send(item).is_err() {
        fail(
            format_args!("{stage} takes what is in its input when it can pass it on"),
            "the item before is still there",
        );
    }
}

/// The next item, or `None` at the end. There must be one or the other.
async fn next<T>(output: &mut Receiver<T>, stage: &str) -> Option<T> {
    if let Ok(item) = output.try_recv() {
        return Some(item);
    }
    turns().await;
    match output.try_recv() {
        Ok(item) => Some(item),
        Err(TryRecvError::Disconnected) => None,
        Err(TryRecvError::Empty) => {
            fail(format_args!("an item or the end from {stage}"), "neither: the output is empty and still open")
        }
    }
}

/// All items up to the end.
async fn rest<T>(output: &mut Receiver<T>, stage: &str) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = next(output, stage).await {
        items.push(item);
    }
    items
}

/// The output is closed, without a further item.
async fn is_closed<T>(output: &mut Receiver<T>, promise: &str) {
    turns().await;
    let seen = match output.try_recv() {
        Err(TryRecvError::Disconnected) => return,
        Err(TryRecvError::Empty) => "it is still open",
        Ok(_) => "another item came out of it",
    };
    fail(promise, seen);
}

/// The stage has dropped its input.
async fn input_is_dropped<T>(input: &Sender<T>, promise: &str) {
    turns().await;
    expect(input.is_closed(), promise, "it still holds its input");
}

/// No task is alive.
async fn nothing_is_left(when: &str) {
    turns().await;
    let left = census::tasks();
    expect(left == 0, format_args!("no task is left {when}"), format_args!("{left} left"));
}

/// Two good items and a bad one wait in the input of the stage; after them it is silent.
async fn ends_at_a_panic(input: Sender<i32>, mut output: Receiver<i32>, stage: &str) {
    for item in 1..=3 {
        give(&input, item, stage);
    }
    let seen = rest(&mut output, &format!("{stage} after a panic")).await;
    expect_eq(&format!("what comes out of {stage}, the third item leading to a panic"), vec![1, 2], seen);
    input_is_dropped(&input, &format!("{stage} drops its input after a panic")).await;
    nothing_is_left(&format!("of {stage} after a panic")).await;
}

// --- Idleness ---

/// What it takes to fall asleep for good.
const FEW: u64 = 10;

/// How often tasks have had a turn.
fn polls() -> u64 {
    Handle::current().metrics().worker_poll_count(0)
}
