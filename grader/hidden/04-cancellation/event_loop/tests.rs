//! What the contract of `event-loop` promises, clause by clause.
//!
//! Messages are numbers. Beside the loop runs a script: it sleeps, sends, cancels and drops senders at instants that
//! are far from any tick, so that no test asks for the order of two things that are due at the same time.

use std::cell::RefCell;
use std::future::{Future, poll_fn, ready};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::{BoxFuture, join};
use lab::prelude::*;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::event_loop::{Event, Exit, event_loop};

// --- Handlers ---

/// Messages are handled in the order in which they came, each of them once.
#[lab::test(rejects(), read = "`select!`, branch by branch")]
async fn messages_are_handled_in_order() {
    let (journal, token) = (Journal::new(), CancellationToken::new());
    let seen = RefCell::new(Vec::new());
    // Neither the messages nor the futures of the handler are `Send`, and the futures borrow.
    let (sender, receiver) = mpsc::channel(16);
    let handler = |event: Event<Rc<usize>>| {
        let (journal, seen) = (&journal, &seen);
        async move {
            if let Event::Message(number) = event {
                let _span = journal.begin(format_args!("message {number}"));
                seen.borrow_mut().push(*number);
                sleep(ms(10)).await;
            }
        }
    };
    let script = async {
        for number in 1..=5 {
            put(&sender, Rc::new(number));
        }
        sleep(ms(75)).await;
        // One that finds the loop idle, and three that come while it is busy.
        for number in 6..=9 {
            put(&sender, Rc::new(number));
            sleep(ms(3)).await;
        }
        sleep(ms(100)).await;
        token.cancel();
    };
    let running = event_loop(receiver, token.clone(), ms(1_000), handler);
    join(expect_exit(Exit::Cancelled, running), script).await;
    expect_eq("the messages handled, in order", Vec::from_iter(1..=9), seen.take());
}

/// An idle loop handles a message at the instant at which it comes.
#[lab::test(rejects(M91), read = "`select!`, branch by branch")]
async fn an_idle_loop_handles_a_message_at_once() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(4);
    let script = async {
        for (number, pause) in [(1, 37), (2, 45), (3, 250)] {
            sleep(ms(pause)).await;
            put(&sender, number);
        }
        sleep(ms(10)).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(200), watch.handler(0, 0));
    join(expect_exit(Exit::Cancelled, running), script).await;
    for (number, came) in [(1, 37), (2, 82), (3, 332)] {
        let begun = watch.journal.began_at(format_args!("message {number}"));
        if begun != Some(came) {
            let seen = begun.map_or("not handled at all".to_owned(), |begun| format!("handled at {begun} ms"));
            watch.journal.fail(format_args!("message {number} handled at {came} ms, when it comes"), seen);
        }
    }
}

/// Handlers never overlap.
#[lab::test(rejects(), read = "`select!`, branch by branch")]
async fn handlers_never_overlap() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(16);
    let script = async {
        for number in 1..=6 {
            put(&sender, number);
        }
        sleep(ms(330)).await;
        put(&sender, 7);
        sleep(ms(100)).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(30, 30));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.journal.expect_at_most(1, "handlers");
}

/// A tick does not interrupt the handler of a message.
#[lab::test(rejects(M45), read = "What survives being dropped")]
async fn a_tick_does_not_interrupt_a_message() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(4);
    let script = async {
        for number in 1..=3 {
            put(&sender, number);
        }
        sleep(ms(950)).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(250, 10));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.expect_all_ran_to_their_end(3);
}

/// A message does not interrupt the handler of a tick.
#[lab::test(rejects(M45), read = "What survives being dropped")]
async fn a_message_does_not_interrupt_a_tick() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(4);
    let script = async {
        // In the middle of the first tick's handler.
        sleep(ms(120)).await;
        put(&sender, 1);
        sleep(ms(60)).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(10, 50));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.expect_all_ran_to_their_end(1);
}

/// A cancellation does not interrupt a handler.
#[lab::test(rejects(M45), read = "What survives being dropped")]
async fn a_cancellation_does_not_interrupt_a_handler() {
    for (what, message, after, end) in [("a message", true, 25, 60), ("a tick", false, 120, 160)] {
        let watch = Watch::new();
        let (sender, receiver) = mpsc::channel(4);
        if message {
            put(&sender, 1);
        }
        let script = async {
            sleep(ms(after)).await;
            watch.token.cancel();
        };
        let start = elapsed_ms();
        let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(60, 60));
        join(expect_exit(Exit::Cancelled, running), script).await;
        watch.expect_all_ran_to_their_end(usize::from(message));
        watch.expect_handlers(1, format_args!("the handler of {what}"));
        let took = elapsed_ms() - start;
        if took != end {
            watch.journal.fail(
                format_args!("`Cancelled` at {end} ms, when the handler of {what} has ended (cancelled at {after} ms)"),
                format_args!("`Cancelled` at {took} ms"),
            );
        }
    }
}

// --- The end: cancelled ---

/// Once the token is cancelled no further handler starts, however full the queue is.
#[lab::test(rejects(M46, M82), read = "Order among branches")]
async fn a_full_queue_does_not_hold_up_a_cancellation() {
    let watch = Watch::crowded();
    let (sender, receiver) = mpsc::channel(1_000);
    for number in 1..=1_000 {
        put(&sender, number);
    }
    let script = async {
        sleep(ms(55)).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(1_000), watch.handler(10, 0));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.expect_handlers(6, "handlers, one every 10 ms until the cancellation at 55 ms");
    watch.journal.expect_finished_at(60, "the handler that was running at the cancellation");
}

/// When a handler cancels the token, no further one starts.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn a_handler_that_cancels_is_the_last() {
    for round in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(10);
        for number in 1..=10 {
            put(&sender, number);
        }
        let mut handler = watch.handler(0, 0);
        let token = watch.token.clone();
        let running = event_loop(receiver, watch.token.clone(), ms(1_000), |event| {
            let third = event == Event::Message(3);
            let handled = handler(event);
            let token = token.clone();
            if third && round % 2 == 0 {
                token.cancel();
            }
            async move {
                handled.await;
                if third {
                    token.cancel();
                }
            }
        });
        expect_exit(Exit::Cancelled, running).await;
        watch.expect_handlers(3, "handlers, the third of which cancels the token");
    }
}

/// A token that is cancelled before the first poll: no handler starts at all.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn a_token_already_cancelled_starts_no_handler() {
    for round in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(10);
        for number in 1..=round % 11 {
            put(&sender, number);
        }
        let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(0, 0));
        watch.token.cancel();
        expect_exit_at(0, Exit::Cancelled, running).await;
        watch.expect_handlers(0, "handlers, the token being cancelled from the start");
    }
}

/// An idle loop that gets a message and is cancelled at the same instant handles nothing.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn a_message_just_in_does_not_beat_a_cancellation() {
    for round in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(4);
        let script = async {
            sleep(ms(15)).await;
            if round % 2 == 0 {
                put(&sender, 1);
            }
            watch.token.cancel();
            if round % 2 == 1 {
                put(&sender, 1);
            }
        };
        let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(0, 0));
        join(expect_exit_at(15, Exit::Cancelled, running), script).await;
        watch.expect_handlers(0, "handlers, the message and the cancellation having come together");
    }
}

/// A tick that is due does not start a handler once the token is cancelled.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn a_tick_that_is_due_does_not_beat_a_cancellation() {
    for _ in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(4);
        put(&sender, 1);
        let script = async {
            // The handler of the message ends at 150 ms; by then a tick has been due since 100 ms.
            sleep(ms(120)).await;
            watch.token.cancel();
        };
        let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(150, 0));
        join(expect_exit_at(150, Exit::Cancelled, running), script).await;
        watch.expect_handlers(1, "handler, during which the token is cancelled");
    }
}

/// An idle loop ends at the instant of the cancellation.
#[lab::test(rejects(), read = "`select!`, branch by branch")]
async fn an_idle_loop_ends_at_the_instant_of_the_cancellation() {
    for (period, cancelled_at) in [(ms(1_000), 37), (ms(100), 250), (Duration::MAX, 73)] {
        let watch = Watch::new();
        let (_sender, receiver) = mpsc::channel(4);
        let script = async {
            sleep(ms(cancelled_at)).await;
            watch.token.cancel();
        };
        let running = event_loop(receiver, watch.token.clone(), period, watch.handler(0, 0));
        join(expect_exit_at(cancelled_at, Exit::Cancelled, running), script).await;
    }
}

/// Cancelled and disconnected together, the answer is `Cancelled`.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn cancelled_and_disconnected_is_cancelled() {
    for round in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(4);
        let script = async {
            sleep(ms(15)).await;
            if round % 2 == 0 {
                drop(sender);
                watch.token.cancel();
            } else {
                watch.token.cancel();
                drop(sender);
            }
        };
        let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(0, 0));
        join(expect_exit_at(15, Exit::Cancelled, running), script).await;
    }
    for _ in 0..ROUNDS {
        let watch = Watch::crowded();
        let (sender, receiver) = mpsc::channel(4);
        put(&sender, 1);
        drop(sender);
        let token = watch.token.clone();
        let mut handler = watch.handler(0, 0);
        let running = event_loop(receiver, watch.token.clone(), ms(100), |event| {
            let handled = handler(event);
            // This was the only message there is, and ever will be.
            token.cancel();
            handled
        });
        expect_exit(Exit::Cancelled, running).await;
    }
}

/// After a cancellation the messages that are left are dropped unhandled.
#[lab::test(rejects(), read = "Three ways to stop")]
async fn messages_that_are_left_are_dropped() {
    let messages = DropCounter::new();
    let journal = Journal::new();
    let token = CancellationToken::new();
    let (sender, receiver) = mpsc::channel(10);
    for number in 1..=10 {
        put(&sender, messages.count(number));
    }
    let running = event_loop(receiver, token.clone(), ms(1_000), |event: Event<Counted<usize>>| {
        if matches!(&event, Event::Message(message) if message.value == 2) {
            token.cancel();
        }
        journal.during("messages", async move {
            sleep(ms(10)).await;
            drop(event);
        })
    });
    expect_exit(Exit::Cancelled, running).await;
    expect_eq("messages handled", 2, journal.begun().len());
    expect_eq("messages alive after the return, there being 10 in all", 0, messages.alive());
    expect(sender.is_closed(), "a receiver that is gone after the return", "a channel that is still open");
}

// --- The end: disconnected ---

/// All senders gone and nothing left to handle: `Disconnected`, at once.
#[lab::test(rejects(M06, M07), read = "`select!`, branch by branch")]
async fn when_all_senders_are_gone_the_loop_ends_at_once() {
    for period in [ms(100), Duration::MAX] {
        for gone_at in [0, 37, 250] {
            let watch = Watch::new();
            let (sender, receiver) = mpsc::channel(4);
            let other = sender.clone();
            let script = async move {
                drop(other);
                if gone_at > 0 {
                    sleep(ms(gone_at)).await;
                }
                drop(sender);
            };
            let running = event_loop(receiver, watch.token.clone(), period, watch.handler(0, 0));
            join(expect_exit_at(gone_at, Exit::Disconnected, running), script).await;
            expect(!watch.token.is_cancelled(), "a token that the loop leaves alone", "a token that is cancelled");
        }
    }
}

/// Messages that are in the queue when the last sender goes are handled before the end.
#[lab::test(rejects(), read = "`select!`, branch by branch")]
async fn what_is_in_the_queue_is_handled_before_the_end() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(8);
    for number in 1..=5 {
        put(&sender, number);
    }
    drop(sender);
    let running = event_loop(receiver, watch.token.clone(), ms(1_000), watch.handler(10, 0));
    expect_exit_at(50, Exit::Disconnected, running).await;
    watch.expect_all_ran_to_their_end(5);
}

/// The loop goes on as long as one sender is left.
#[lab::test(rejects(M06), read = "`select!`, branch by branch")]
async fn the_loop_goes_on_as_long_as_one_sender_is_left() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(8);
    let last = sender.clone();
    let script = async move {
        put(&sender, 1);
        drop(sender);
        sleep(ms(330)).await;
        put(&last, 2);
    };
    let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(10, 0));
    join(expect_exit_at(340, Exit::Disconnected, running), script).await;
    watch.expect_all_ran_to_their_end(2);
}

// --- Ticks ---

/// The first tick comes one period after the start.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn the_first_tick_comes_one_period_after_the_start() {
    for pause in [0, 70] {
        sleep(ms(pause)).await;
        let watch = Watch::new();
        let start = elapsed_ms();
        idle_for(ms(250), ms(100), &watch).await;
        let first = watch.ticks().first().map(|tick| tick - start);
        if first != Some(100) {
            let seen = first.map_or("no tick within 250 ms".to_owned(), |first| format!("after {first} ms"));
            watch.journal.fail("the first tick 100 ms after the start: that is the period", seen);
        }
    }
}

/// An idle loop ticks once per period, drift allowed.
#[lab::test(rejects(M91), read = "Ticks that were missed")]
async fn an_idle_loop_ticks_once_per_period() {
    let watch = Watch::new();
    idle_for(ms(2_050), ms(100), &watch).await;
    watch.expect_a_tick_within_any_two(100, 0, 2_050);
    let ticks = watch.ticks().len();
    if ticks > 20 {
        watch.journal.fail("at most 20 ticks in 2050 ms: the period is 100 ms", format_args!("{ticks} ticks"));
    }
}

/// Ticks keep coming whatever the pace of the messages.
#[lab::test(rejects(M47), read = "Ticks that were missed")]
async fn messages_do_not_put_ticks_off() {
    let watch = Watch::crowded();
    let (sender, receiver) = mpsc::channel(4);
    let script = async {
        for number in 1..=50 {
            sleep(ms(40)).await;
            put(&sender, number);
        }
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), ms(100), watch.handler(0, 0));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.expect_a_tick_within_any_two(100, 0, 2_000);
}

/// Ticks keep coming however full the queue is.
#[lab::test(rejects(M46), read = "Order among branches")]
async fn a_full_queue_does_not_keep_ticks_from_coming() {
    let watch = Watch::crowded();
    let (sender, receiver) = mpsc::channel(200);
    let script = async {
        for number in 1..=200 {
            put(&sender, number);
        }
        sleep(ms(1_995)).await;
        watch.token.cancel();
    };
    // A handler takes a fiftieth of the period.
    let running = event_loop(receiver, watch.token.clone(), ms(500), watch.handler(10, 10));
    join(expect_exit(Exit::Cancelled, running), script).await;
    watch.expect_a_tick_within_any_two(500, 0, 2_000);
}

/// Ticks that are missed during a long handler are not made up for.
#[lab::test(rejects(M52), read = "Ticks that were missed")]
async fn missed_ticks_are_not_made_up_for() {
    // A message from 0 to 350 ms, and a tick from 100 to 450 ms: three ticks are missed each time.
    for (long, end) in [(Event::Message(1), 350), (Event::Tick, 450)] {
        let watch = Watch::new();
        let (sender, receiver) = mpsc::channel(4);
        if long == Event::Message(1) {
            put(&sender, 1);
        }
        let start = elapsed_ms();
        let script = async {
            sleep(ms(1_050)).await;
            watch.token.cancel();
        };
        let (mut quick, mut slow) = (watch.handler(0, 0), watch.handler(350, 350));
        let mut stalled = false;
        let running = event_loop(receiver, watch.token.clone(), ms(100), |event| {
            if event == long && !stalled {
                stalled = true;
                return slow(event);
            }
            quick(event)
        });
        join(expect_exit(Exit::Cancelled, running), script).await;
        let ticks: Vec<u64> = watch.ticks().iter().map(|tick| tick - start).filter(|tick| *tick >= end).collect();
        let soon = ticks.iter().filter(|tick| **tick < end + 100).count();
        let twice = ticks.windows(2).any(|pair| pair[0] == pair[1]);
        if soon > 2 || twice {
            watch.journal.fail(
                format_args!("one late tick at {end} ms at most, and then one per period of 100 ms"),
                format_args!("ticks at {} ms", list(&ticks)),
            );
        }
        watch.expect_a_tick_within_any_two(100, start + end - 100, start + 1_050);
    }
}

/// `Duration::MAX` means that there are no ticks, and does not panic.
#[lab::test(rejects(M19), read = "Ticks that were missed")]
async fn the_longest_period_means_no_ticks() {
    let watch = Watch::new();
    let (sender, receiver) = mpsc::channel(4);
    let script = async {
        sleep(ms(15)).await;
        put(&sender, 1);
        sleep(ms(10_000)).await;
        put(&sender, 2);
        drop(sender);
    };
    let running = event_loop(receiver, watch.token.clone(), Duration::MAX, watch.handler(10, 0));
    join(expect_exit_at(10_025, Exit::Disconnected, running), script).await;
    expect_eq("ticks handled, `every` being `Duration::MAX`", 0, watch.ticks().len());
    watch.expect_all_ran_to_their_end(2);
}

// --- At all times ---

/// A loop that has nothing to do costs nothing.
#[lab::test(rejects(M06, M66), read = "`select!`, branch by branch")]
async fn an_idle_loop_costs_nothing() {
    let cases =
        [("no message and no tick", Duration::MAX, 0), ("one handler that takes 9 seconds", Duration::MAX, 9_000)];
    for (what, period, handler) in cases {
        let watch = Watch::new();
        let (sender, receiver) = mpsc::channel(4);
        if handler > 0 {
            put(&sender, 1);
        }
        let running = event_loop(receiver, watch.token.clone(), period, watch.handler(handler, 0));
        let calm = with_a_budget(30, format!("30 looks at the loop in 10 seconds with {what}"), running);
        let ended = timeout(ms(10_000), calm).await;
        expect(ended.is_err(), "a loop that goes on as long as a sender is left", format_args!("{ended:?}"));
    }
}

/// When the future is dropped, everything goes with it, and no task stays behind.
#[lab::test(rejects(M19, M48), read = "Three ways to stop")]
async fn a_dropped_loop_takes_everything_with_it() {
    // Four handlers of 10 ms, a tick after 25 ms, and a look at the loop every millisecond.
    for looks in 0..60 {
        let (messages, futures, handlers) = (DropCounter::new(), DropCounter::new(), DropCounter::new());
        let (sender, receiver) = mpsc::channel(8);
        for number in 1..=4 {
            put(&sender, messages.count(number));
        }
        let token = CancellationToken::new();
        let handler = {
            let (counted, futures) = (handlers.token(), futures.clone());
            move |event: Event<Counted<usize>>| {
                let _ = &counted;
                let counted = futures.token();
                async move {
                    let _counted = counted;
                    sleep(ms(10)).await;
                    drop(event);
                }
            }
        };
        let exit = cancel_after(looks, event_loop(receiver, token.clone(), ms(25), handler)).await;
        expect_eq("what the loop has returned, a sender being left", None, exit);
        expect_eq("running handlers alive after the loop was dropped", 0, futures.alive());
        expect_eq("`on_event`s alive after the loop was dropped", 0, handlers.alive());
        expect_eq("messages alive after the loop was dropped", 0, messages.alive());
        expect(sender.is_closed(), "a receiver that is gone with the loop", "a channel that is still open");
        expect(!token.is_cancelled(), "a token that the loop leaves alone", "a token that is cancelled");
    }
}

// --- Watching a loop ---

/// Often enough that a loop which tosses a coin cannot slip through.
const ROUNDS: usize = 64;

/// What a loop was seen doing.
#[derive(Clone)]
struct Watch {
    journal: Journal,
    token: CancellationToken,
    /// The instants at which handlers of ticks started.
    ticks: Arc<Mutex<Vec<u64>>>,
    started: Arc<Mutex<usize>>,
    /// Too many messages for a row of the picture each.
    crowded: bool,
}

impl Watch {
    fn new() -> Self {
        let (journal, token) = (Journal::new(), CancellationToken::new());
        Self { journal, token, ticks: Arc::default(), started: Arc::default(), crowded: false }
    }

    fn crowded() -> Self {
        Self { crowded: true, ..Self::new() }
    }

    /// A handler that takes so many milliseconds for a message, and so many for a tick; none without waiting at all.
    /// Nobody may call it once the token is cancelled.
    fn handler(&self, message: u64, tick: u64) -> impl FnMut(Event<usize>) -> BoxFuture<'static, ()> + use<> {
        let watch = self.clone();
        move |event| {
            let now = elapsed_ms();
            let (label, took) = match event {
                Event::Message(_) if watch.crowded => ("messages".to_owned(), message),
                Event::Message(number) => (format!("message {number}"), message),
                Event::Tick => ("ticks".to_owned(), tick),
            };
            if watch.token.is_cancelled() {
                let _span = watch.journal.begin(label);
                watch.journal.fail(
                    "no handler to start once the token is cancelled",
                    format_args!("a handler for {event:?} started at {now} ms"),
                );
            }
            *lock(&watch.started) += 1;
            if event == Event::Tick {
                lock(&watch.ticks).push(now);
            }
            if took > 0 { watch.journal.work(label, ms(took)) } else { watch.journal.during(label, ready(())) }
        }
    }

    fn ticks(&self) -> Vec<u64> {
        lock(&self.ticks).clone()
    }

    fn expect_handlers(&self, expected: usize, what: impl std::fmt::Display) {
        let started = *lock(&self.started);
        if started != expected {
            self.journal.fail(format_args!("{expected} {what}"), format_args!("{started} started"));
        }
    }

    /// Messages 1 to `messages` were handled in this order, and no handler was cut short.
    fn expect_all_ran_to_their_end(&self, messages: usize) {
        let cancelled = self.journal.cancelled();
        if cancelled > 0 {
            let seen = if cancelled == 1 { "1 handler was dropped".to_owned() } else { format!("{cancelled} dropped") };
            self.journal.fail("every handler that was started to run to its end", seen);
        }
        let finished = self.journal.finished();
        let seen: Vec<&String> = finished.iter().filter(|label| *label != "ticks").collect();
        let expected: Vec<String> = (1..=messages).map(|number| format!("message {number}")).collect();
        if seen != Vec::from_iter(&expected) {
            self.journal.fail(format_args!("{} handled to the end", list(&expected)), list(&seen));
        }
    }

    /// Between `from` and `to` there were never two periods without a tick.
    fn expect_a_tick_within_any_two(&self, period: u64, from: u64, to: u64) {
        let mut before = from;
        for at in self.ticks().into_iter().filter(|at| *at >= from).chain([to]) {
            let pause = at.saturating_sub(before);
            if pause > 2 * period {
                self.journal.fail(
                    format_args!("at least one tick within any {} ms, two periods", 2 * period),
                    format_args!("none between {before} and {at} ms"),
                );
            }
            before = at;
        }
    }
}

/// Puts a message into a queue that has room for it.
fn put<T>(sender: &mpsc::Sender<T>, message: T) {
    if let Err(error) = sender.try_send(message) {
        fail("a loop that is still there to receive messages", format_args!("its channel is no longer open: {error}"));
    }
}

/// Lets a loop run on its own, without messages.
async fn idle_for(duration: Duration, every: Duration, watch: &Watch) {
    let (_sender, receiver) = mpsc::channel(4);
    let script = async {
        sleep(duration).await;
        watch.token.cancel();
    };
    let running = event_loop(receiver, watch.token.clone(), every, watch.handler(0, 0));
    join(expect_exit(Exit::Cancelled, running), script).await;
}

/// The loop ends, and in this way.
async fn expect_exit(expected: Exit, running: impl Future<Output = Exit>) {
    expect_exit_within(2_000, expected, running).await;
}

/// The loop ends in this way, so many milliseconds from now. For loops with little to do.
async fn expect_exit_at(at: u64, expected: Exit, running: impl Future<Output = Exit>) {
    let start = Instant::now();
    expect_exit_within(200, expected, running).await;
    let took = start.elapsed().as_millis();
    expect(
        took == u128::from(at),
        format_args!("`{expected:?}` {at} ms after the start"),
        format_args!("`{expected:?}` after {took} ms"),
    );
}

/// The loop ends in this way, and is not polled more often than that. No loop hangs here, and none goes round for ever.
async fn expect_exit_within(polls: usize, expected: Exit, running: impl Future<Output = Exit>) {
    let what = format!("`{expected:?}`, and until then a loop that waits if there is nothing to do");
    match timeout(ms(20_000), with_a_budget(polls, what, running)).await {
        Ok(exit) => expect_eq("what the loop returns", expected, exit),
        Err(_) => fail(format_args!("`{expected:?}`"), "a loop that is still going on 20 seconds later"),
    }
}

/// The same future, as long as it is not polled more than `polls` times. A loop that spins is stopped here.
async fn with_a_budget<F: Future>(polls: usize, what: String, future: F) -> F::Output {
    let mut future = pin!(future);
    let mut polled = 0;
    poll_fn(|context| {
        polled += 1;
        if polled > polls {
            fail(&what, format_args!("a loop that was polled more than {polls} times, and goes on"));
        }
        future.as_mut().poll(context)
    })
    .await
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    if items.is_empty() {
        return "nothing".to_owned();
    }
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
