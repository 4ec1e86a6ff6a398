//! What the contract of `lossless-forward` promises, clause by clause.
//!
//! An item carries a stretch of the journal, so a row of the picture is the life of an item: one that is lost ends
//! there. Every test runs on one thread with a paused clock: after [`settle`] everything has happened that can happen
//! without the test's help.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::lossless_forward::{Stop, forward};

/// Items come out in order, each once, however many there are.
#[lab::test(rejects(), read = "Reserve before you produce")]
async fn items_come_out_in_order() {
    let Setup { journal: _journal, sender, mut input, output, mut receiver, token } = Setup::with(300, 4);
    // More than a task may do in one turn.
    sender.send_all(0..300);
    drop(sender);
    let consumer = async {
        let mut numbers = Vec::new();
        while numbers.len() < 300
            && let Some(item) = receiver.recv().await
        {
            numbers.push(item.number);
        }
        numbers
    };
    let (stop, numbers) = tokio::join!(Watched::new(forward(&mut input, &output, &token)), consumer);
    expect_eq("the items received from `output`", (0..300).collect::<Vec<_>>(), numbers);
    expect_eq("the reason to stop: the input is closed and empty", Stop::InputClosed, stop);
}

/// An item moves as soon as it is in the input and the output has a place.
#[lab::test(rejects(M06, M91), read = "Back-pressure travels")]
async fn items_move_as_they_come() {
    let Setup { journal: _journal, sender, mut input, output, mut receiver, token } = Setup::with(4, 4);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    for number in 0..4 {
        still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
        sender.send(number);
        still_waits(forwarding.as_mut(), "`input` is empty again, but its sender is alive").await;
        let moved = receiver.try_recv().map(|item| item.number);
        expect_eq("what is in `output` when an item came and there is a place", Ok(number), moved);
    }
}

/// `InputClosed` comes when the input is closed, and not before all its items have moved.
#[lab::test(rejects(M06), read = "Closing by hand")]
async fn a_closed_input_is_drained_first() {
    for count in [3, 0] {
        let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(4, 4);
        sender.send_all(0..count);
        drop(sender);
        let when = format!("`input` is closed, with {count} items in it, and there is room for them in `output`");
        let stop = stops_at_once(pin!(Watched::new(forward(&mut input, &output, &token))), &when).await;
        expect_eq("the reason to stop: the input is closed", Stop::InputClosed, stop);
        let moved = drain(&mut receiver);
        if numbers(&moved) != (0..count).collect::<Vec<_>>() {
            let seen = format!("{:?} in `output` when `forward` returned", numbers(&moved));
            journal.fail(format_args!("all {count} items of a closed `input` move"), seen);
        }
    }
}

/// An input that closes while it is waited for ends it, too.
#[lab::test(rejects(M06), read = "Closing by hand")]
async fn an_input_that_closes_is_noticed() {
    let Setup { journal: _journal, sender, mut input, output, receiver: _receiver, token } = Setup::with(4, 4);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
    drop(sender);
    let stop = stops_at_once(forwarding.as_mut(), "the last sender of `input` is gone, and `output` has room").await;
    expect_eq("the reason to stop: the input is closed", Stop::InputClosed, stop);
}

/// A closed output ends it at once, also while no item comes.
#[lab::test(rejects(M02), read = "Back-pressure travels")]
async fn a_closed_output_is_noticed_while_the_input_is_silent() {
    for gone in [true, false] {
        let Setup { journal: _journal, sender: _sender, mut input, output, mut receiver, token } = Setup::with(4, 4);
        let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
        still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
        let (_kept, how) = if gone {
            drop(receiver);
            (None, "is gone")
        } else {
            receiver.close();
            (Some(receiver), "has called `close`")
        };
        let when = format!("the receiver of `output` {how}, and `input` is silent");
        let stop = stops_at_once(forwarding.as_mut(), &when).await;
        expect_eq("the reason to stop: the output is closed", Stop::OutputClosed, stop);
    }
}

/// A closed output ends it at once, also while it waits for a place, and takes nothing along.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn a_closed_output_is_noticed_while_there_is_no_place() {
    let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 2);
    sender.send_all(0..6);
    let stop = {
        let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
        still_waits(forwarding.as_mut(), "`output` is full").await;
        receiver.close();
        stops_at_once(forwarding.as_mut(), "`output` was closed while it was full").await
    };
    expect_eq("the reason to stop: the output is closed", Stop::OutputClosed, stop);
    nothing_is_lost(&journal, 6, "`output` was closed while it was full", &mut receiver, &mut input);
}

/// If the output is closed before the call, no item is taken out of the input.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn nothing_is_taken_for_an_output_that_is_closed() {
    let Setup { journal, sender, mut input, output, receiver, token } = Setup::with(4, 4);
    sender.send_all(0..4);
    drop(receiver);
    let when = "`output` was closed before the call";
    let stop = stops_at_once(pin!(Watched::new(forward(&mut input, &output, &token))), when).await;
    expect_eq("the reason to stop: the output is closed", Stop::OutputClosed, stop);
    let left = drain(&mut input);
    if numbers(&left) != [0, 1, 2, 3] {
        let expected = format!("[0, 1, 2, 3] still in `input`: {when}, so nothing can move");
        journal.fail(expected, format_args!("{:?}", numbers(&left)));
    }
}

/// A cancel ends it at once, also while no item comes.
#[lab::test(rejects(M91), read = "Reserve before you produce")]
async fn a_cancel_is_noticed_while_the_input_is_silent() {
    let Setup { journal: _journal, sender: _sender, mut input, output, receiver: _receiver, token } = Setup::with(4, 4);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
    token.cancel();
    let stop = stops_at_once(forwarding.as_mut(), "the token was cancelled while `input` was silent").await;
    expect_eq("the reason to stop: the token is cancelled", Stop::Cancelled, stop);
}

/// A cancel ends it at once, also while there is no place in the output.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn a_cancel_is_noticed_while_there_is_no_place() {
    let Setup { journal: _journal, sender, mut input, output, receiver: _receiver, token } = Setup::with(8, 2);
    sender.send_all(0..6);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    still_waits(forwarding.as_mut(), "`output` is full").await;
    token.cancel();
    let stop = stops_at_once(forwarding.as_mut(), "the token was cancelled while `output` was full").await;
    expect_eq("the reason to stop: the token is cancelled", Stop::Cancelled, stop);
}

/// A cancel loses no item.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn a_cancel_loses_no_item() {
    let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 2);
    sender.send_all(0..6);
    {
        let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
        still_waits(forwarding.as_mut(), "`output` is full").await;
        token.cancel();
        stops_at_once(forwarding.as_mut(), "the token was cancelled while `output` was full").await;
    }
    nothing_is_lost(&journal, 6, "the token was cancelled while `output` was full", &mut receiver, &mut input);
}

/// Once the token is cancelled, at most one more item moves.
#[lab::test(rejects(), read = "Reserve before you produce")]
async fn after_a_cancel_at_most_one_more_item_moves() {
    // Where a cancel is one of several things that are ready, `select!` may see it sooner or later; hence the rounds.
    for round in 0..100 {
        let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 8);
        let stop = {
            let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
            if round % 2 == 0 {
                still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
            }
            token.cancel();
            sender.send_all(0..8);
            stops_at_once(forwarding.as_mut(), "the token is cancelled, while there are items and places").await
        };
        expect_eq("the reason to stop: the token is cancelled", Stop::Cancelled, stop);
        let moved = drain(&mut receiver);
        if moved.len() > 1 {
            let seen = format!("{} items moved after the cancel: {:?}", moved.len(), numbers(&moved));
            journal.fail("at most one more item moves once the token is cancelled", seen);
        }
    }
}

/// A cancel by another thread, while items are moving, is seen before the next but one.
#[lab::test(rejects(), read = "Reserve before you produce")]
async fn a_cancel_between_two_items_is_seen() {
    let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 8);
    sender.send_all(0..8);
    // The receiver is woken by the first item and cancels. It does so in the middle of `forward`, as only another
    // thread could, at the worst moment.
    let on_arrival = Waker::from(Arc::new(Canceller(token.clone())));
    expect(receiver.poll_recv(&mut Context::from_waker(&on_arrival)).is_pending(), "an empty output", "an item");
    let when = "the token was cancelled when the first item arrived in `output`";
    let stop = stops_at_once(pin!(Watched::new(forward(&mut input, &output, &token))), when).await;
    expect_eq("the reason to stop: the token is cancelled", Stop::Cancelled, stop);
    let moved = drain(&mut receiver);
    if moved.len() > 2 {
        let seen = format!("{} more: {:?} are in `output`", moved.len() - 1, numbers(&moved));
        journal.fail(format_args!("at most one more item moves: {when}"), seen);
    }
}

/// At every moment each item is in the input or in the output.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn no_item_is_between_the_channels() {
    let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 2);
    sender.send_all(0..8);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    let mut received = Vec::new();
    for taken in 0..=6 {
        still_waits(forwarding.as_mut(), "`output` is full, or `input` is empty, but open").await;
        let (before, behind) = (sender.in_channel(), receiver.len());
        if before + behind + taken != 8 {
            journal.fail(
                format_args!("{} items in the two channels, {taken} of 8 having been received", 8 - taken),
                format_args!("{before} in `input`, {behind} in `output`"),
            );
        }
        received.extend(receiver.try_recv());
    }
    expect_eq("the items received", vec![0, 1, 2, 3, 4, 5, 6], numbers(&received));
}

/// Wherever the future is dropped, no item is lost, and another call goes on with the next.
#[lab::test(rejects(M08), read = "Reserve before you produce")]
async fn a_future_dropped_anywhere_loses_nothing() {
    // Between two polls something comes in or goes out; the future is dropped after every number of polls.
    for polls in 0..12 {
        let Setup { journal, sender, mut input, output, mut receiver, token } = Setup::with(8, 2);
        let (mut sent, mut received) = (0, Vec::new());
        {
            let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
            for poll in 0..polls {
                let poll_once = poll_fn(|context| Poll::Ready(forwarding.as_mut().poll(context)));
                if let Poll::Ready(stop) = poll_once.await {
                    fail("`forward` waits: `input` is open, and so is `output`", format_args!("it returned {stop:?}"));
                }
                // Three come in at a time: the output is full for a while, and then the input empty.
                if poll % 5 == 0 && sent < 6 {
                    sender.send_all(sent..sent + 3);
                    sent += 3;
                } else {
                    received.extend(receiver.try_recv());
                }
                settle().await;
            }
        }
        sender.send_all(sent..8);
        drop(sender);
        {
            let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
            let rest = async {
                while let Ok(Some(item)) = timeout(ms(10), receiver.recv()).await {
                    received.push(item);
                }
            };
            let when = "`input` is closed, and `output` is being read";
            let (stop, ()) = tokio::join!(stops_at_once(forwarding.as_mut(), when), rest);
            expect_eq("the reason to stop the second `forward`: the input is closed", Stop::InputClosed, stop);
        }
        if numbers(&received) != (0..8).collect::<Vec<_>>() {
            journal.fail(
                format_args!("items 0 to 7, in order, though a first future was dropped after {polls} polls"),
                format_args!("{:?}", numbers(&received)),
            );
        }
    }
}

/// `InputClosed` may wait for a place in the output; the wait ends as every other does.
#[lab::test(rejects(M02, M06), read = "Closing by hand")]
async fn waiting_for_a_place_at_the_end_can_be_ended() {
    let endings: [(&str, fn(&mut mpsc::Receiver<Item>, &CancellationToken), Stop); 3] = [
        ("there is a place in `output`", |receiver, _| drop(receiver.try_recv()), Stop::InputClosed),
        ("`output` is closed", |receiver, _| receiver.close(), Stop::OutputClosed),
        ("the token is cancelled", |_, token| token.cancel(), Stop::Cancelled),
    ];
    for (reason, come_about, expected) in endings {
        let Setup { journal: _journal, sender, mut input, output, mut receiver, token } = Setup::with(4, 2);
        sender.send_all(0..2);
        drop(sender);
        let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
        let early = tokio::select! {
            biased;
            stop = &mut forwarding => Some(stop),
            () = settle() => None,
        };
        let stop = match early {
            Some(stop) => stop,
            None => {
                come_about(&mut receiver, &token);
                let when = format!("`input` is closed and empty, and {reason}");
                stops_at_once(forwarding.as_mut(), &when).await
            }
        };
        if stop != Stop::InputClosed {
            expect_eq(&format!("the reason to stop, if not `InputClosed`: {reason}"), expected, stop);
        }
    }
}

/// While it waits, at most one place in the output is reserved.
#[lab::test(rejects(), read = "Reserve before you produce")]
async fn at_most_one_place_is_reserved() {
    let Setup { journal: _journal, sender: _sender, mut input, output, receiver: _receiver, token } = Setup::with(4, 4);
    let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
    still_waits(forwarding.as_mut(), "`input` is empty, but its sender is alive").await;
    let free = output.capacity();
    expect(free >= 3, "at least 3 of 4 places in `output` free for others while `input` is silent", free);
}

/// Waiting costs nothing: no looking again and again, neither in a circle nor by a timer.
#[lab::test(rejects(M06), read = "Back-pressure travels")]
async fn waiting_wakes_nobody() {
    for full in [false, true] {
        let Setup { journal: _journal, sender, mut input, output, receiver: _receiver, token } = Setup::with(4, 2);
        if full {
            sender.send_all(0..4);
        }
        let mut forwarding = pin!(Watched::new(forward(&mut input, &output, &token)));
        let waits = if full { "`output` is full" } else { "`input` is silent" };
        still_waits(forwarding.as_mut(), waits).await;
        let before = forwarding.polls;
        tokio::select! {
            biased;
            stop = &mut forwarding => fail(format_args!("`forward` waits: {waits}"), format_args!("{stop:?}")),
            () = tokio::time::sleep(ms(10_000)) => {}
        }
        // The clock of the test polls it once more.
        let polls = forwarding.polls - before;
        let seen = format!("woken about {polls} times in 10 s");
        expect(polls <= 5, format_args!("`forward` sleeps until something happens: {waits} for 10 s"), seen);
    }
}

/// What `forward` works on, and the other ends of it.
struct Setup {
    journal: Journal,
    sender: Source,
    input: mpsc::Receiver<Item>,
    output: mpsc::Sender<Item>,
    receiver: mpsc::Receiver<Item>,
    token: CancellationToken,
}

impl Setup {
    /// Empty channels of these capacities.
    fn with(input: usize, output: usize) -> Self {
        let journal = Journal::new();
        let (sender, input) = mpsc::channel(input);
        let (output, receiver) = mpsc::channel(output);
        let sender = Source { sender, journal: journal.clone() };
        Self { journal, sender, input, output, receiver, token: CancellationToken::new() }
    }
}

/// An item. It may not leave its thread, so `forward` may not ask for that.
struct Item {
    number: usize,
    _life: Span,
    _stays_here: PhantomData<*const ()>,
}

/// Where items come from.
struct Source {
    sender: mpsc::Sender<Item>,
    journal: Journal,
}

impl Source {
    fn send(&self, number: usize) {
        let life = self.journal.begin(format_args!("item {number}"));
        let item = Item { number, _life: life, _stays_here: PhantomData };
        if self.sender.try_send(item).is_err() {
            fail("`input` has room for what has not been forwarded", format_args!("item {number} does not fit"));
        }
    }

    fn send_all(&self, numbers: impl IntoIterator<Item = usize>) {
        numbers.into_iter().for_each(|number| self.send(number));
    }

    /// How many items are in the channel.
    fn in_channel(&self) -> usize {
        self.sender.max_capacity() - self.sender.capacity()
    }
}

/// Cancels the token when it is woken.
struct Canceller(CancellationToken);

impl Wake for Canceller {
    fn wake(self: Arc<Self>) {
        self.0.cancel();
    }
}

/// A future whose polls are counted. One that is polled again and again without end is reported.
struct Watched<F> {
    future: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Watched<F> {
    fn new(future: F) -> Self {
        Self { future: Box::pin(future), polls: 0 }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        if self.polls > 20_000 {
            fail(
                "`forward` sleeps until something happens, or returns",
                "it wakes itself again and again, without end",
            );
        }
        self.future.as_mut().poll(context)
    }
}

/// Lets everything happen; `forward` must not return. `why` says why it has to wait.
async fn still_waits<F: Future<Output = Stop>>(mut forwarding: Pin<&mut Watched<F>>, why: &str) {
    tokio::select! {
        biased;
        stop = &mut forwarding => fail(format_args!("`forward` waits: {why}"), format_args!("it returned {stop:?}")),
        () = settle() => {}
    }
}

/// `forward` must return without any time passing. `when` says what is the case.
async fn stops_at_once<F: Future<Output = Stop>>(mut forwarding: Pin<&mut Watched<F>>, when: &str) -> Stop {
    let _awaited = awaiting(format!("`forward` returns at once: {when}"), || "it never returns".to_owned());
    tokio::select! {
        biased;
        stop = &mut forwarding => stop,
        () = settle() => fail(format_args!("`forward` returns at once: {when}"), "it waits"),
    }
}

/// The items in the two channels must be 0 to `count`, in order.
fn nothing_is_lost(
    journal: &Journal,
    count: usize,
    when: &str,
    receiver: &mut mpsc::Receiver<Item>,
    input: &mut mpsc::Receiver<Item>,
) {
    let (moved, left) = (drain(receiver), drain(input));
    let (moved_numbers, left_numbers) = (numbers(&moved), numbers(&left));
    if ![moved_numbers.clone(), left_numbers.clone()].concat().into_iter().eq(0..count) {
        journal.fail(
            format_args!("all {count} items in `output` or still in `input`, in order: {when}"),
            format_args!("{moved_numbers:?} in `output`, {left_numbers:?} in `input`"),
        );
    }
}

fn drain(channel: &mut mpsc::Receiver<Item>) -> Vec<Item> {
    std::iter::from_fn(|| channel.try_recv().ok()).collect()
}

fn numbers(items: &[Item]) -> Vec<usize> {
    items.iter().map(|item| item.number).collect()
}
