//! What the contract of `fan-in` promises, clause by clause.
//!
//! The inputs are numbered from 1; an item is its input's number and its own. Tests look at the output only when all
//! tasks wait: after [`rest`] everything has happened that can happen without the test's help.

use std::fmt;

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::fan_in::fan_in;

/// Every item of every input comes out once.
#[lab::test(rejects(), read = "Fan-in: many inputs, one output")]
async fn every_item_comes_out_once() {
    let (senders, mut reader) = merged(3, 2);
    let send = |sender: Sender| async move {
        sender.send_all(20).await;
        sender
    };
    // More items than there is room for: these senders wait now and then. When they are done, the inputs stay open.
    let _sending = Vec::from_iter(senders.into_iter().map(|sender| tokio::spawn(send(sender))));
    let items = reader.items().await;
    for input in 1..=3 {
        for number in 1..=20 {
            let item = Item { input, number };
            let times = items.iter().filter(|other| **other == item).count();
            if times != 1 {
                reader.journal.fail(
                    "20 items from each of 3 inputs, each of them once",
                    format_args!("{} items, and item {number} of input {input} {times} times", items.len()),
                );
            }
        }
    }
}

/// Items of one input come out in the order in which they were sent.
#[lab::test(rejects(), read = "Fan-in: many inputs, one output")]
async fn items_of_one_input_keep_their_order() {
    let (senders, mut reader) = merged(3, 10);
    for sender in &senders {
        sender.send_all(10).await;
    }
    let items = reader.items().await;
    for input in 1..=3 {
        let of_this = Vec::from_iter(items.iter().filter(|item| item.input == input).map(|item| item.number));
        let wanted = Vec::from_iter(1..=10);
        if of_this != wanted {
            let expected = format!("the items of input {input} in their order: {wanted:?}");
            reader.journal.fail(expected, format_args!("{of_this:?}"));
        }
    }
}

/// An item comes out though all other inputs are silent.
#[lab::test(rejects(M16, M91), read = "Fan-in: many inputs, one output")]
async fn a_silent_input_holds_up_no_other() {
    let (senders, mut reader) = merged(3, 4);
    for speaker in [3, 1, 1, 2] {
        rest().await;
        let _awaited = awaiting(format!("the item of input {speaker}, the other two being silent"), || {
            "nothing comes out".to_owned()
        });
        // The reader waits first, and then the item is sent.
        let sending = async {
            rest().await;
            senders[speaker - 1].send(1).await;
        };
        let (item, ()) = tokio::join!(reader.output.recv(), sending);
        expect_eq("the item that comes out", Some(Item { input: speaker, number: 1 }), item);
    }
}

/// A silent input holds up no other, however many of them there are.
#[lab::test(rejects(), read = "Fan-in: many inputs, one output")]
async fn hundreds_of_open_inputs_are_heard() {
    let (senders, mut reader) = merged(300, 1);
    for sender in senders.iter().rev() {
        sender.send(1).await;
    }
    // Read without a pause, and without a row for each in a picture.
    let mut heard = 0;
    loop {
        rest().await;
        match reader.output.try_recv() {
            Ok(_) => heard += 1,
            Err(_) => break,
        }
    }
    expect_eq("items that come out, one from each of 300 open inputs", 300, heard);
    drop(senders);
}

/// At most 64 items of each other input overtake an item that waits.
#[lab::test(rejects(), read = "Fan-in: many inputs, one output")]
async fn a_busy_input_starves_no_other() {
    for (count, patient) in [(2, 1), (2, 2)].into_iter().chain((1..=12).map(|patient| (12, patient))) {
        let (senders, inputs) = channels(count, 100);
        for sender in &senders {
            // All but one have more to send than may overtake.
            sender.send_all(if sender.input == patient { 1 } else { 100 }).await;
        }
        let mut reader = Reader::of(fan_in(inputs));
        let mut overtaking = vec![0; count + 1];
        loop {
            let Ok(item) = reader.next().await else {
                fail(format_args!("the item of input {patient} to come out"), "nothing comes out");
            };
            if item.input == patient {
                break;
            }
            overtaking[item.input] += 1;
            if overtaking[item.input] > 64 {
                reader.journal.fail(
                    format_args!("the item of input {patient} after at most 64 items of each of {} others", count - 1),
                    format_args!("65 items of input {} have come out, and it still waits", item.input),
                );
            }
        }
    }
}

/// At most `2 * inputs.len() + 1` items are taken and not yet read.
#[lab::test(rejects(M03), read = "How many at once?")]
async fn unread_items_stay_in_their_inputs() {
    for (count, busy) in [(1, 1), (3, 1), (3, 3), (12, 12)] {
        let (senders, inputs) = channels(count, 100);
        for sender in &senders[..busy] {
            sender.send_all(100).await;
        }
        let mut reader = Reader::of(fan_in(inputs));
        for read in 0..10 {
            rest().await;
            let taken: usize = senders[..busy].iter().map(|sender| 100 - sender.waiting()).sum();
            let on_their_way = taken - read;
            expect(
                on_their_way <= 2 * count + 1,
                format_args!("at most 2 * {count} + 1 items taken and not yet read"),
                format_args!("{on_their_way} (and {read} that were read)"),
            );
            if reader.next().await.is_err() {
                fail("an item, there being 100 of them", "nothing comes out");
            }
        }
    }
}

/// While no item can move, no task runs.
#[lab::test(rejects(M06), read = "The reader may leave")]
async fn waiting_costs_nothing() {
    for full in [false, true] {
        let (senders, reader) = merged(3, 10);
        for sender in &senders {
            sender.send_all(if full { 10 } else { 0 }).await;
        }
        rest().await;
        let before = polls();
        sleep(ms(20_000)).await;
        let polls = polls() - before;
        let situation = if full { "the output is not read" } else { "the inputs are silent" };
        expect(
            polls < 10,
            format_args!("no task to run for 20 s in which {situation}"),
            format_args!("tasks were woken {polls} times"),
        );
        drop((senders, reader));
    }
}

/// The output closes when every input is closed and all items have been read.
#[lab::test(rejects(M01, M06), read = "Closing by ownership")]
async fn the_output_closes_when_all_inputs_are_closed_and_drained() {
    let (mut senders, mut reader) = merged(3, 4);
    for sender in &senders {
        sender.send_all(4).await;
    }
    // One after the other, and each while the others wait.
    for index in [1, 1, 0] {
        rest().await;
        drop(senders.remove(index));
    }
    let mut read = 0;
    let end = loop {
        match reader.next().await {
            Ok(_) => read += 1,
            Err(end) => break end,
        }
    };
    if end == TryRecvError::Empty {
        fail(
            "the output closed: all inputs are closed, and their 12 items have been read",
            format_args!("{read} items, and then an output that is open and gives nothing"),
        );
    }
}

/// Items that are in an input when it closes still come out.
#[lab::test(rejects(), read = "Closing by ownership")]
async fn a_closed_input_is_drained() {
    let (senders, inputs) = channels(3, 5);
    for sender in senders {
        sender.send_all(5).await;
    }
    let items = Reader::of(fan_in(inputs)).items().await;
    expect_eq("items that come out, 5 from each of 3 inputs that were closed before the call", 15, items.len());
}

/// As long as a single input is open, the output is open.
#[lab::test(rejects(), read = "Closing by ownership")]
async fn the_output_stays_open_while_one_input_is_open() {
    for last in 1..=3 {
        let (mut senders, mut reader) = merged(3, 2);
        rest().await;
        senders.retain(|sender| sender.input == last);
        let end = reader.next().await.expect_err("nothing was sent");
        expect(end == TryRecvError::Empty, format_args!("an open output, input {last} being open"), "a closed one");
        senders[0].send(1).await;
        drop(senders);
        let items = reader.items().await;
        expect_eq("what comes out of the last open input", vec![Item { input: last, number: 1 }], items);
    }
}

/// Without inputs the output is closed from the start.
#[lab::test(rejects(), read = "Closing by ownership")]
async fn without_inputs_the_output_is_closed() {
    let mut output = fan_in::<Item>(Vec::new());
    rest().await;
    expect_eq("what an output without inputs gives", Err(TryRecvError::Disconnected), output.try_recv());
}

/// When the output is dropped, all tasks end and all inputs go, though they are silent.
#[lab::test(rejects(M02), read = "The reader may leave")]
async fn a_dropped_output_ends_everything_though_the_inputs_are_silent() {
    for (when, items) in [("before anything was sent", 0), ("after 6 items were read", 2)] {
        let before = census::tasks();
        let (senders, mut reader) = merged(3, 2);
        for sender in &senders {
            sender.send_all(items).await;
        }
        while reader.next().await.is_ok() {}
        drop(reader);
        rest().await;
        let held = senders.iter().filter(|sender| !sender.channel.is_closed()).count();
        expect(
            held == 0,
            format_args!("all 3 inputs dropped, the output having been dropped {when}"),
            format_args!("{held} of them are still held, and no sender learns that nobody listens"),
        );
        expect_eq(&format!("tasks left, the output having been dropped {when}"), 0, census::tasks() - before);
    }
}

/// When the output is dropped, all tasks end and all inputs go, though they are busy.
#[lab::test(rejects(M02), read = "The reader may leave")]
async fn a_dropped_output_ends_everything_though_the_inputs_are_busy() {
    let counter = DropCounter::new();
    let before = census::tasks();
    let (senders, inputs): (Vec<_>, Vec<_>) = (0..3).map(|_| mpsc::channel(4)).unzip();
    let mut output = fan_in(inputs);
    for sender in senders {
        let counter = counter.clone();
        // Goes on for as long as somebody takes the items.
        tokio::spawn(async move { while sender.send(counter.token()).await.is_ok() {} });
    }
    for _ in 0..5 {
        rest().await;
        expect(output.try_recv().is_ok(), "an item, the inputs being busy", "nothing comes out");
    }
    drop(output);
    rest_though("the output was dropped, and the inputs are busy").await;
    expect_eq("tasks left, those that send included, after the output was dropped", 0, census::tasks() - before);
    expect_eq("items left after the output was dropped", 0, counter.alive());
}

/// Compiles only if any type will do that is `Send + 'static`.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn items_of_any_type<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    fan_in(inputs)
}

// --- What goes in ---

/// An item of one of the inputs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    input: usize,
    number: usize,
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.input, self.number)
    }
}

/// The sending end of an input.
struct Sender {
    input: usize,
    channel: mpsc::Sender<Item>,
}

impl Sender {
    async fn send(&self, number: usize) {
        if self.channel.send(Item { input: self.input, number }).await.is_err() {
            fail(format_args!("input {} to be read", self.input), "it was dropped, though the output was not");
        }
    }

    /// Sends items 1 to `count`.
    async fn send_all(&self, count: usize) {
        for number in 1..=count {
            self.send(number).await;
        }
    }

    /// How many items lie in this input.
    fn waiting(&self) -> usize {
        self.channel.max_capacity() - self.channel.capacity()
    }
}

/// So many channels, each with room for so many items.
fn channels(count: usize, room: usize) -> (Vec<Sender>, Vec<mpsc::Receiver<Item>>) {
    let channel = |input| {
        let (channel, receiver) = mpsc::channel(room);
        (Sender { input, channel }, receiver)
    };
    (1..=count).map(channel).unzip()
}

/// Channels, merged while nothing has been sent.
fn merged(count: usize, room: usize) -> (Vec<Sender>, Reader) {
    let (senders, inputs) = channels(count, room);
    (senders, Reader::of(fan_in(inputs)))
}

// --- What comes out ---

/// Reads the output, an item in 10 ms, and notes from which input it came.
struct Reader {
    output: mpsc::Receiver<Item>,
    journal: Journal,
}

impl Reader {
    fn of(output: mpsc::Receiver<Item>) -> Self {
        Self { output, journal: Journal::new() }
    }

    /// The item that is there when all tasks wait, or why there is none.
    async fn next(&mut self) -> Result<Item, TryRecvError> {
        rest().await;
        let item = self.output.try_recv()?;
        // Reading makes room, and what then happens may be without an end.
        rest().await;
        self.journal.work(format_args!("input {}", item.input), ms(10)).await;
        Ok(item)
    }

    /// All items that come out.
    async fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Ok(item) = self.next().await {
            items.push(item);
        }
        items
    }
}

/// Returns when all tasks wait. Ends the test if they never do: [`settle`] would then wait for ever, because time
/// stands still while a task runs.
async fn rest() {
    rest_though("nothing is sent, read or closed").await;
}

/// [`rest`] with a description of what goes on meanwhile.
async fn rest_though(situation: &str) {
    // The longest way to rest is that of 300 tasks with something to do, of which 61 get their turn at a time.
    for _ in 0..50 {
        let before = polls();
        for _ in 0..20 {
            yield_now().await;
        }
        if polls() == before {
            return;
        }
    }
    fail(format_args!("tasks that come to rest when {situation}"), "tasks that run again and again, without an end");
}

/// How often tasks have been polled so far.
fn polls() -> u64 {
    Handle::current().metrics().worker_poll_count(0)
}
