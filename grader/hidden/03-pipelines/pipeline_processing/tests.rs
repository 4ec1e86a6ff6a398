//! What the contract of `pipeline-processing` promises, clause by clause.
//!
//! Items are numbers from 1 on. A call takes some virtual time or stands at a gate until the test opens it; calls that
//! must not be waited for stand at a gate that stays closed.

use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::pin;

use futures::FutureExt;
use futures::future::BoxFuture;
use lab::prelude::*;
use tokio::select;
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::pipeline_processing::Pipeline;

/// There may be many more items than anything has room for.
#[lab::test(rejects(M04), read = "The slowest stage sets the pace")]
async fn more_items_than_there_is_room_for() {
    let pipeline = numbers(300, 1).stage(count(2), pass).stage(count(1), pass);
    let results = pipeline.run().await.map(|results| results.len());
    expect_eq("how many results come out of 300 items with `buffer = 1`", Ok(300), results);
}

/// The results come in the order of the source, whichever call ends first.
#[lab::test(rejects(M28), read = "A wider stage, in order")]
async fn results_come_in_the_order_of_the_source() {
    let journal = Journal::new();
    // In the first stage the later of two neighbours is faster, in the second the earlier ones of four.
    let pipeline = numbers(8, 2)
        .stage(count(4), work(&journal, "first stage", |item| if item % 2 == 0 { 10 } else { 40 }))
        .stage(count(4), work(&journal, "second stage", |item| 10 * (9 - item as u64)));
    expect_eq("the results", Ok(Vec::from_iter(1..=8)), pipeline.run().await);
}

/// Every item goes through every stage once.
#[lab::test(rejects(M08), read = "A stage is a task between two channels")]
async fn every_item_goes_through_every_stage() {
    let pipeline = numbers(20, 2)
        .stage(count(2), |item| async move { Ok(format!("{item}")) })
        .stage(count(3), |text: String| async move { Ok((text.len(), text)) })
        .stage(count(1), |(digits, text)| async move {
            // Slower than the others, so that they have to wait with what they hold.
            sleep(ms(10)).await;
            Ok(format!("{text}:{digits}"))
        });
    let wanted: Vec<String> = (1..=20).map(|item| format!("{item}:{}", if item < 10 { 1 } else { 2 })).collect();
    expect_eq("numbers with the count of their digits", Ok(wanted), pipeline.run().await);
}

/// No items, no stages, more room and more workers than items: all of that is allowed.
#[lab::test(rejects(), read = "The end travels downstream")]
async fn small_pipelines_work_too() {
    expect_eq("the results without items and stages", Ok(vec![]), numbers(0, 1).run().await);
    expect_eq("the results of 5 items without stages", Ok(vec![1, 2, 3, 4, 5]), numbers(5, 2).run().await);
    for items in [0, 1] {
        let journal = Journal::new();
        let pipeline = numbers(items, 9)
            .stage(count(9), work(&journal, "first stage", |_| 10))
            .stage(count(9), work(&journal, "second stage", |_| 10));
        expect_eq(&format!("the results of {items} items"), Ok(Vec::from_iter(1..=items)), pipeline.run().await);
        expect_eq("calls of two stages", 2 * items, journal.begun().len());
    }
}

/// At most `workers` calls of a stage run at once.
#[lab::test(rejects(M72), read = "A wider stage, in order")]
async fn never_more_calls_of_a_stage_than_workers() {
    let (first, second) = (Journal::new(), Journal::new());
    let pipeline = numbers(12, 3)
        .stage(count(3), work(&first, "first stage", |item| if item % 3 == 0 { 10 } else { 20 }))
        .stage(count(2), work(&second, "second stage", |item| if item % 2 == 0 { 10 } else { 20 }));
    expect_eq("the results", Ok(Vec::from_iter(1..=12)), pipeline.run().await);
    first.expect_at_most(3, "calls of a stage with 3 workers");
    second.expect_at_most(2, "calls of a stage with 2 workers");
}

/// As many calls of a stage run at once as it has workers, while items wait.
#[lab::test(rejects(M16, M91), read = "A wider stage, in order")]
async fn as_many_calls_of_a_stage_as_workers() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pipeline = numbers(12, 1).stage(count(2), pass).stage(count(4), {
        let (journal, gate) = (journal.clone(), gate.clone());
        move |item| at_the_gate(&journal, &gate, item)
    });
    let watching = async {
        gate.arrivals(4, "calls of the second stage at the same time: it has 4 workers, and 12 items come").await;
        gate.open();
    };
    let (results, ()) = tokio::join!(pipeline.run(), watching);
    expect_eq("the results", Ok(Vec::from_iter(1..=12)), results);
}

/// When the call for the frontmost item of a stage has ended, the next one begins.
#[lab::test(rejects(M29), read = "A wider stage, in order")]
async fn the_next_call_begins_when_the_frontmost_has_ended() {
    let journal = Journal::new();
    let durations = [10, 100, 20, 80, 10];
    let pipeline = numbers(5, 2).stage(count(2), work(&journal, "", move |item| durations[item - 1]));
    expect_eq("the results", Ok(Vec::from_iter(1..=5)), pipeline.run().await);
    let seen = journal.began_at("item 3");
    if seen != Some(10) {
        let expected = "with 2 workers, the call for item 3 begins when the one for item 1 has ended, at 10 ms";
        journal.fail(expected, format_args!("it begins {}", at(seen)));
    }
}

/// All stages work at the same time, on different items.
#[lab::test(rejects(M16, M32, M91), read = "Stages overlap")]
async fn stages_work_at_the_same_time() {
    for [first, second] in [[10, 30], [30, 10]] {
        let journal = Journal::new();
        let pipeline = numbers(6, 2)
            .stage(count(1), bars(&journal, format!("{first} ms each"), first))
            .stage(count(1), bars(&journal, format!("{second} ms each"), second));
        // 10 + 30, and then one more every 30 ms.
        takes(190, pipeline.run(), &journal, "6 items through one-worker stages of 10 and 30 ms").await;
    }
}

/// Three workers of 30 ms keep up with one of 10 ms.
#[lab::test(rejects(M15, M16, M29), read = "A wider stage, in order")]
async fn a_wide_stage_keeps_up_with_a_fast_one() {
    let journal = Journal::new();
    let pipeline = numbers(6, 2)
        .stage(count(1), work(&journal, "first stage", |_| 10))
        .stage(count(3), work(&journal, "second stage", |_| 30));
    let what = "6 items through a stage with one worker of 10 ms and one with three of 30 ms";
    takes(90, pipeline.run(), &journal, what).await;
}

/// A pipeline whose stages do not move takes no more items than it has room for.
#[lab::test(rejects(M03), read = "The slowest stage sets the pace")]
async fn a_blocked_pipeline_takes_no_more_than_it_has_room_for() {
    for (buffer, workers) in [(1, [1, 1]), (3, [4, 1]), (2, [1, 3])] {
        for stuck in 1..=2 {
            // Every item stays in this stage.
            stays_within_its_room(buffer, workers, stuck, |_| true).await;
        }
    }
}

/// Results that have to wait for an earlier item take up room, too.
#[lab::test(rejects(M03), read = "A wider stage, in order")]
async fn results_that_wait_for_an_earlier_one_are_bounded() {
    for (buffer, workers) in [(1, [2, 2]), (3, [2, 4]), (2, [3, 2])] {
        for stuck in 1..=2 {
            // Only the first item stays; those behind it do not wait for it in this stage, if they need not.
            stays_within_its_room(buffer, workers, stuck, |item| item == 1).await;
        }
    }
}

/// The source may be endless.
#[lab::test(rejects(M03, M26), read = "The slowest stage sets the pace")]
async fn a_source_may_be_endless() {
    let endless = (1..).inspect(|&item| {
        expect(
            item < 10_000,
            "an endless source, of which item 100 fails, is not read to its end",
            "10000 items taken",
        );
    });
    let pipeline = Pipeline::source(endless, count(2)).stage(count(2), pass).stage(count(3), |item| async move {
        yield_now().await;
        if item == 100 { Err(Failed(item)) } else { Ok(item) }
    });
    expect_eq("the outcome", Err(Failed(100)), pipeline.run().await);
}

/// `run` returns the error of the item that is earliest in the source, even if a later one failed sooner.
#[lab::test(rejects(M28), read = "An error in the middle")]
async fn the_earliest_error_is_returned() {
    let journal = Journal::new();
    let pipeline = numbers(8, 2).stage(count(4), {
        let journal = journal.clone();
        move |item| match item {
            2 => fails(&journal, "", item, 50),
            4 => fails(&journal, "", item, 10),
            _ => works(&journal, "", item, 20),
        }
    });
    expect_eq("the outcome, item 4 failing at 10 ms and item 2 at 50 ms", Err(Failed(2)), pipeline.run().await);
}

/// The earliest error counts, whichever stage it comes from.
#[lab::test(rejects(), read = "An error in the middle")]
async fn the_earliest_error_counts_in_all_stages() {
    let journal = Journal::new();
    let (first, second) = (journal.clone(), journal.clone());
    let pipeline = numbers(8, 2)
        .stage(count(2), move |item| match item {
            3 => fails(&first, "first stage", item, 10),
            _ => works(&first, "first stage", item, 10),
        })
        .stage(count(2), move |item| match item {
            2 => fails(&second, "second stage", item, 100),
            _ => works(&second, "second stage", item, 10),
        });
    let what = "the outcome, item 3 failing in the first stage at 20 ms, and item 2 in the second at 110 ms";
    expect_eq(what, Err(Failed(2)), pipeline.run().await);
}

/// An error is returned as soon as all items before it have been through all stages.
#[lab::test(rejects(M27), read = "An error in the middle")]
async fn an_error_waits_for_the_items_before_it_and_no_longer() {
    let journal = Journal::new();
    let (first, second) = (journal.clone(), journal.clone());
    let pipeline = numbers(8, 2)
        .stage(count(3), move |item| match item {
            1 => works(&first, "first stage", item, 20),
            2 => fails(&first, "first stage", item, 10),
            _ => works(&first, "first stage", item, 500),
        })
        .stage(count(2), move |item| works(&second, "second stage", item, 100));
    let outcome = pipeline.run().await;
    expect_eq("the outcome, item 2 failing", Err(Failed(2)), outcome);
    // Item 1 leaves the second stage at 20 + 100 ms.
    let now = elapsed_ms();
    if now != 120 {
        let expected = "the error of item 2 is returned when item 1 has left the second stage, at 120 ms";
        journal.fail(expected, format_args!("it is returned at {now} ms"));
    }
}

/// With an error, calls that are running are dropped, nothing new starts, and no task is left.
#[lab::test(rejects(M19, M21, M27), read = "An error in the middle")]
async fn an_error_leaves_nothing_running() {
    let (journal, closed) = (Journal::new(), Gate::closed());
    let (first, second) = ((journal.clone(), closed.clone()), (journal.clone(), closed));
    let pipeline = numbers(20, 2)
        .stage(count(3), move |item| match item {
            1..=3 => works(&first.0, "first stage", item, 10),
            _ => at_the_gate_of(&first.0, "first stage", &first.1, item),
        })
        .stage(count(2), move |item| match item {
            1 => works(&second.0, "second stage", item, 10),
            2 => fails(&second.0, "second stage", item, 30),
            _ => at_the_gate_of(&second.0, "second stage", &second.1, item),
        });
    expect_eq("the outcome, item 2 failing in the second stage", Err(Failed(2)), pipeline.run().await);
    nothing_runs(&journal, "when `run` has returned an error");
    let begun = journal.begun().len();
    sleep(ms(100)).await;
    expect_eq("calls begun, an error having been returned meanwhile", begun, journal.begun().len());
}

/// A panic when `f` is called becomes a panic of `run`.
#[lab::test(rejects(M24), read = "An error in the middle")]
async fn a_panic_when_f_is_called_panics_run() {
    panics_in_the_second_stage(|| panics::inject("`f` was called with a bad item")).await;
}

/// A panic in the future of a call becomes a panic of `run`.
#[lab::test(rejects(M21, M24), read = "An error in the middle")]
async fn a_panic_in_the_future_panics_run() {
    panics_in_the_second_stage(|| async { panics::inject("a bad item") }.boxed()).await;
}

/// A panic in the iterator becomes a panic of `run`.
#[lab::test(rejects(M24), read = "An error in the middle")]
async fn a_panic_in_the_source_panics_run() {
    let journal = Journal::new();
    let items = (1..=5).inspect(|&item| {
        if item == 3 {
            panics::inject("no third item");
        }
    });
    let pipeline = Pipeline::source(items, count(1))
        .stage(count(1), work(&journal, "first stage", |_| 10))
        .stage(count(2), work(&journal, "second stage", |_| 10));
    panics_and_leaves_nothing(pipeline.run(), &journal, "item 3 panics in the iterator").await;
}

/// When `run` returns its results, no task of the pipeline is left.
#[lab::test(rejects(M19), read = "The end travels downstream")]
async fn nothing_is_left_when_run_returns() {
    let journal = Journal::new();
    let pipeline = numbers(6, 1)
        .stage(count(2), work(&journal, "first stage", |_| 10))
        .stage(count(3), work(&journal, "second stage", |_| 20));
    expect_eq("the results", Ok(Vec::from_iter(1..=6)), pipeline.run().await);
    nothing_runs(&journal, "when `run` has returned its results");
}

/// A pipeline dropped before `run` leaves nothing behind.
#[lab::test(rejects(M02, M19), read = "Leaving travels upstream")]
async fn a_pipeline_dropped_before_run_leaves_nothing() {
    for waits in [false, true] {
        let parts = Parts::new();
        let pipeline = parts.pipeline();
        if waits {
            settle().await;
        }
        drop(pipeline);
        parts
            .are_gone(if waits { "a pipeline dropped 1 ms after it was made" } else { "a pipeline dropped at once" })
            .await;
    }
}

/// `run` dropped while all its calls stand still leaves nothing behind.
#[lab::test(rejects(M02, M19), read = "Leaving travels upstream")]
async fn a_run_dropped_while_its_calls_wait_leaves_nothing() {
    for stuck in 1..=2 {
        let parts = Parts::stuck_in(stuck);
        cancel_after(3, parts.pipeline().run()).await;
        parts.are_gone(&format!("a `run` dropped while every call of stage {stuck} waited")).await;
    }
}

/// `run` dropped at any moment leaves nothing behind.
#[lab::test(rejects(M19), read = "Leaving travels upstream")]
async fn a_run_dropped_at_any_moment_leaves_nothing() {
    let polls = polls_to_finish(Parts::new().pipeline().run()).await;
    for looks in 0..polls {
        let parts = Parts::new();
        cancel_after(looks, parts.pipeline().run()).await;
        parts.are_gone(&format!("a `run` that was polled {looks} times and dropped")).await;
    }
}

/// Compiles only if anything that the contract allows may go through a pipeline.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn items_need_only_be_send<T: Send + 'static, E: Send + 'static>(items: Vec<T>) {
    let pipeline: Pipeline<T, E> = Pipeline::source(items, count(1));
    let pipeline: Pipeline<(T, u8), E> = pipeline.stage(count(1), |item| async move { Ok((item, 1)) });
    drop(pipeline.run());
}

// --- Calls ---

/// The item of this number has failed.
#[derive(Debug, PartialEq, Eq)]
struct Failed(usize);

type Call = BoxFuture<'static, Result<usize, Failed>>;

/// A stage whose calls take as long as `duration` says, in milliseconds.
fn work(
    journal: &Journal,
    stage: &'static str,
    duration: impl Fn(usize) -> u64 + Send + Sync + 'static,
) -> impl Fn(usize) -> Call + Send + Sync + 'static {
    let journal = journal.clone();
    move |item| works(&journal, stage, item, duration(item))
}

/// A stage that has one row in the picture, with a bar for every item.
fn bars(journal: &Journal, stage: String, duration: u64) -> impl Fn(usize) -> Call + Send + Sync + 'static {
    let journal = journal.clone();
    move |item| journal.work(&stage, ms(duration)).map(move |()| Ok(item)).boxed()
}

fn works(journal: &Journal, stage: &str, item: usize, duration: u64) -> Call {
    journal.work(label(stage, item), ms(duration)).map(move |()| Ok(item)).boxed()
}

fn fails(journal: &Journal, stage: &str, item: usize, duration: u64) -> Call {
    journal.work(label(stage, item), ms(duration)).map(move |()| Err(Failed(item))).boxed()
}

fn at_the_gate(journal: &Journal, gate: &Gate, item: usize) -> Call {
    at_the_gate_of(journal, "", gate, item)
}

fn at_the_gate_of(journal: &Journal, stage: &str, gate: &Gate, item: usize) -> Call {
    let gate = gate.clone();
    journal.during(label(stage, item), async move {
        gate.pass().await;
        Ok(item)
    })
}

/// A call that takes no time.
fn pass(item: usize) -> Call {
    async move {
        yield_now().await;
        Ok(item)
    }
    .boxed()
}

fn label(stage: &str, item: usize) -> String {
    if stage.is_empty() { format!("item {item}") } else { format!("{stage}, item {item}") }
}

// --- Pipelines ---

fn count(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("tests ask for at least one")
}

/// The numbers from 1 to `last`, and no stage yet.
fn numbers(last: usize, buffer: usize) -> Pipeline<usize, Failed> {
    Pipeline::source(1..=last, count(buffer))
}

/// Polls `run`, which has to wait, until `other` is done.
async fn meanwhile<T>(run: &mut (impl Future<Output = T> + Unpin), other: impl Future<Output = ()>) {
    select! {
        _ = run => fail("`run` goes on as long as calls do", "it has returned"),
        () = other => {}
    }
}

/// Runs a pipeline of 6 items and looks at the clock.
async fn takes(wanted: u64, run: impl Future<Output = Result<Vec<usize>, Failed>>, journal: &Journal, what: &str) {
    let start = elapsed_ms();
    expect_eq("the results", Ok(Vec::from_iter(1..=6)), run.await);
    let took = elapsed_ms() - start;
    if took != wanted {
        journal.fail(format_args!("{what} take {wanted} ms"), format_args!("{took} ms"));
    }
}

/// `at 10 ms`, or `never`.
fn at(moment: Option<u64>) -> String {
    moment.map_or_else(|| "never".to_owned(), |moment| format!("at {moment} ms"))
}

/// No call runs and no task lives, at this very moment.
fn nothing_runs(journal: &Journal, when: &str) {
    let (running, tasks) = (journal.running(), census::tasks());
    if running > 0 || tasks > 0 {
        journal.fail(
            format_args!("no call is running and no task is alive {when}"),
            format_args!("running calls: {running}, tasks: {tasks}"),
        );
    }
}

/// Item 3 panics in the second stage; later items stand at a gate in the first one, which stays closed.
async fn panics_in_the_second_stage(panic: impl Fn() -> Call + Send + Sync + 'static) {
    let (journal, closed) = (Journal::new(), Gate::closed());
    let (first, second) = (journal.clone(), journal.clone());
    let pipeline = numbers(9, 2)
        .stage(count(4), move |item| match item {
            1..=3 => works(&first, "first stage", item, 10),
            _ => at_the_gate_of(&first, "first stage", &closed, item),
        })
        .stage(count(2), move |item| match item {
            3 => panic(),
            _ => works(&second, "second stage", item, 10),
        });
    panics_and_leaves_nothing(pipeline.run(), &journal, "item 3 panics in the second stage").await;
}

async fn panics_and_leaves_nothing(
    run: impl Future<Output = Result<Vec<usize>, Failed>>,
    journal: &Journal,
    cause: &str,
) {
    if let Ok(outcome) = panics::catch_async(run).await {
        journal.fail(format_args!("`run` panics, because {cause}"), format_args!("it returns {outcome:?}"));
    }
    nothing_runs(journal, "when `run` has panicked");
}

// --- Room ---

/// More items than any pipeline here has room for.
const PLENTY: usize = 60;

/// An item whose life is a bar in the journal: it begins when the item is taken from the source.
struct Under {
    number: usize,
    _way: Span,
}

/// Runs two stages, one of which keeps some items; counts the items taken, and lets them go.
async fn stays_within_its_room(buffer: usize, workers: [usize; 2], stuck: usize, stays: fn(usize) -> bool) {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let items = {
        let journal = journal.clone();
        (1..=PLENTY).map(move |number| Under { number, _way: journal.begin(format_args!("item {number}")) })
    };
    let stage = |stage: usize| {
        let gate = gate.clone();
        move |item: Under| {
            let gate = gate.clone();
            async move {
                if stage == stuck && stays(item.number) {
                    gate.pass().await;
                }
                Ok::<_, Failed>(item)
            }
        }
    };
    let pipeline =
        Pipeline::source(items, count(buffer)).stage(count(workers[0]), stage(1)).stage(count(workers[1]), stage(2));
    let mut run = pin!(pipeline.run());
    meanwhile(&mut run, sleep(ms(10))).await;
    let room = (buffer + 2) + workers.iter().map(|workers| buffer + workers + 1).sum::<usize>();
    let taken = journal.begun().len();
    if taken > room {
        let expected = format!(
            "at most {room} items taken while no result can be delivered: `buffer` is {buffer}, the stages have {} \
             and {} workers, and stage {stuck} does not let item 1 go",
            workers[0], workers[1],
        );
        journal.fail(expected, format_args!("{taken}{}", if taken == PLENTY { ", as many as there were" } else { "" }));
    }
    gate.open();
    let results: Vec<usize> = run.await.into_iter().flatten().map(|item| item.number).collect();
    expect_eq("the results", Vec::from_iter(1..=PLENTY), results);
}

// --- What a pipeline is made of ---

/// Counts everything that a pipeline is given or makes of it: iterator, items, `f`s, calls.
struct Parts {
    alive: DropCounter,
    /// The calls of this stage stand at a gate that stays closed.
    stuck: usize,
}

impl Parts {
    fn new() -> Self {
        Self { alive: DropCounter::new(), stuck: 0 }
    }

    fn stuck_in(stage: usize) -> Self {
        Self { stuck: stage, ..Self::new() }
    }

    /// Six items, two stages of 2 and 3 workers.
    fn pipeline(&self) -> Pipeline<Counted<usize>, Failed> {
        let (source, parts) = (self.alive.token(), self.alive.clone());
        let items = (1..=6).map(move |number| {
            let _ = &source;
            parts.count(number)
        });
        Pipeline::source(items, count(1)).stage(count(2), self.stage(1)).stage(count(3), self.stage(2))
    }

    fn stage(
        &self,
        stage: usize,
    ) -> impl Fn(Counted<usize>) -> BoxFuture<'static, Result<Counted<usize>, Failed>> + Send + Sync + 'static {
        let (f, parts, stuck) = (self.alive.token(), self.alive.clone(), self.stuck == stage);
        move |item| {
            let _ = &f;
            let call = parts.token();
            async move {
                let _call = call;
                if stuck {
                    Gate::closed().pass().await;
                }
                sleep(ms(10)).await;
                Ok(item)
            }
            .boxed()
        }
    }

    async fn are_gone(&self, what: &str) {
        settle().await;
        let (parts, tasks) = (self.alive.alive(), census::tasks());
        expect(
            parts == 0 && tasks == 0,
            format_args!("nothing is left of {what}"),
            format_args!("tasks: {tasks}; iterator, items, `f`s and calls still alive: {parts}"),
        );
    }
}
