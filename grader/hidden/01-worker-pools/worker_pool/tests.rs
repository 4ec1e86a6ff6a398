//! What the contract of `worker-pool` promises, clause by clause.
//!
//! Jobs are numbers; in most tests a job stands at a gate until the test lets it through, so that the test decides
//! who is busy. Every async test runs on one thread with a paused clock: after [`settle`] everything has happened
//! that can happen without the test's help.

use std::fmt::Debug;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::BoxFuture;
use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, yield_now};

use crate::worker_pool::{Closed, PoolConfig, WorkerPool};

type Pool = WorkerPool<usize, usize>;
type Receiver = oneshot::Receiver<usize>;

/// At most `workers` handlers run at once.
#[lab::test(rejects(M72), read = "From thread to task")]
async fn never_more_handlers_at_once_than_workers() {
    let journal = Journal::new();
    let pool = WorkerPool::start(config(3, 9), working(&journal));
    let receivers = submit_all(&pool, 1..=9).await;
    results(receivers).await;
    journal.expect_at_most(3, "handlers");
}

/// As many handlers as workers run at once when enough work is there.
#[lab::test(rejects(M15, M91), read = "One receiver, many workers")]
async fn as_many_handlers_at_once_as_workers() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = WorkerPool::start(config(4, 8), at_the_gate(&journal, &gate));
    // The first job comes when the workers have long been waiting for it.
    settle().await;
    let _receivers = submit_all(&pool, 1..=8).await;
    gate.arrivals(4, "handlers at the same time, there being 4 workers and 8 jobs").await;
    gate.open();
}

/// No job waits in the queue while a worker is idle, however slow the other jobs are.
#[lab::test(rejects(M29, M91), read = "One receiver, many workers")]
async fn a_slow_job_holds_up_no_other() {
    let (journal, gate, ended) = (Journal::new(), Gate::closed(), open_gate());
    let pool = {
        let (journal, gate, ended) = (journal.clone(), gate.clone(), ended.clone());
        WorkerPool::start(config(2, 6), move |number: usize| {
            let (gate, ended) = (gate.clone(), ended.clone());
            journal.during(format_args!("job {number}"), async move {
                if number == 1 {
                    gate.pass().await;
                }
                ended.pass().await;
                number
            })
        })
    };
    let _receivers = submit_all(&pool, 1..=6).await;
    ended.arrivals(5, "jobs done by one worker while the other is still at job 1").await;
    gate.open();
}

/// Jobs start in the order in which they were accepted.
#[lab::test(rejects(), read = "One receiver, many workers")]
async fn jobs_start_in_the_order_of_acceptance() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = WorkerPool::start(config(2, 6), at_the_gate(&journal, &gate));
    let mut receivers = Vec::new();
    for number in 1..=6 {
        receivers.push(submit(&pool, number).await);
        settle().await;
    }
    // One worker becomes free at a time, so that there is never more than one job to start.
    for _ in 1..=6 {
        gate.admit(1);
        settle().await;
    }
    journal.expect_begun("jobs", (1..=6).map(|number| format!("job {number}")));
}

/// The receiver that `submit` returns yields the result of that job.
#[lab::test(rejects(M28), read = "A result for every job")]
async fn a_receiver_yields_the_result_of_its_own_job() {
    let journal = Journal::new();
    let pool = {
        let journal = journal.clone();
        // The later a job was submitted, the sooner it is done.
        WorkerPool::start(config(4, 4), move |number: usize| {
            let work = journal.work(format_args!("job {number}"), ms(10 * (9 - number as u64)));
            async move {
                work.await;
                format!("result of job {number}")
            }
        })
    };
    let mut receivers = Vec::new();
    for number in 1..=8 {
        receivers.push(submit(&pool, number).await);
    }
    let wanted: Vec<String> = (1..=8).map(|number| format!("result of job {number}")).collect();
    expect_eq("the results, read in the order of the jobs", wanted, results(receivers).await);
}

/// Nobody has to read a result for the others to go on.
#[lab::test(rejects(M04), read = "A result for every job")]
async fn results_may_stay_unread_while_more_jobs_are_submitted() {
    let journal = Journal::new();
    let pool = WorkerPool::start(config(2, 2), working(&journal));
    let receivers = submit_all(&pool, 1..=30).await;
    expect_eq("the results, read after all jobs were submitted", Vec::from_iter(1..=30), results(receivers).await);
}

/// A dropped receiver harms nobody else.
#[lab::test(rejects(M09, M24), read = "A result for every job")]
async fn a_dropped_receiver_harms_nobody() {
    let (journal, first, second) = (Journal::new(), Gate::closed(), Gate::closed());
    let pool = WorkerPool::start(config(2, 4), at_one_of_two_gates(&journal, &first, &second));
    let receivers = submit_all(&pool, 1..=4).await;
    first.arrivals(2, "handlers at the same time, there being 2 workers and 4 jobs").await;
    // Two of these jobs are running, two are waiting in the queue.
    drop(receivers);
    first.open();
    settle().await;
    let receivers = submit_all(&pool, SECOND..SECOND + 4).await;
    second.arrivals(2, "handlers at the same time, after 4 receivers were dropped").await;
    second.open();
    expect_eq("the results of the others", Vec::from_iter(SECOND..SECOND + 4), results(receivers).await);
}

/// A job that panics when the handler is called closes its receiver and costs no worker.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
async fn a_panic_when_the_handler_is_called_costs_no_worker() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let good = at_the_gate(&journal, &gate);
    let pool = WorkerPool::start(config(2, 4), move |number| {
        if number >= BAD {
            let _span = journal.begin(format_args!("job {number}"));
            panics::inject("the handler was called with a bad job");
        }
        good(number)
    });
    keeps_its_strength(&pool, &gate).await;
}

/// A job that panics in its future closes its receiver and costs no worker.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
async fn a_panic_in_the_future_costs_no_worker() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let good = at_the_gate(&journal, &gate);
    let pool = WorkerPool::start(config(2, 4), move |number| {
        if number < BAD {
            return good(number);
        }
        journal.during(format_args!("job {number}"), async {
            yield_now().await;
            panics::inject("a bad job")
        })
    });
    keeps_its_strength(&pool, &gate).await;
}

/// With all workers busy, at least `queue` further `submit`s return.
#[lab::test(rejects(), read = "A bounded queue is a brake")]
async fn the_queue_has_room_for_as_many_jobs_as_configured() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = Arc::new(WorkerPool::start(config(2, 3), at_the_gate(&journal, &gate)));
    let _busy = occupy(&pool, &gate, 1..=2).await;
    let submitter = Submitter::start(&pool, 3..=20);
    settle().await;
    let accepted = submitter.accepted();
    expect(
        accepted >= 3,
        "at least 3 further `submit`s return while the 2 workers are busy: `queue` is 3",
        format_args!("{accepted} returned"),
    );
    gate.open();
    submitter.finish().await;
}

/// With all workers busy, at most `queue + 1` further `submit`s return; the next one waits.
#[lab::test(rejects(M03), read = "A bounded queue is a brake")]
async fn a_full_queue_makes_submit_wait() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = Arc::new(WorkerPool::start(config(2, 3), at_the_gate(&journal, &gate)));
    let _busy = occupy(&pool, &gate, 1..=2).await;
    let submitter = Submitter::start(&pool, 3..=20);
    settle().await;
    let accepted = submitter.accepted();
    expect(
        accepted <= 4,
        "at most 4 further `submit`s return while the 2 workers are busy: `queue` is 3, and one may be in hand",
        format_args!("{accepted} returned"),
    );
    gate.open();
    submitter.finish().await;
}

/// A `submit` that waits goes on when a worker has become free.
#[lab::test(rejects(), read = "A bounded queue is a brake")]
async fn a_waiting_submit_goes_on_when_a_worker_is_free() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = Arc::new(WorkerPool::start(config(2, 3), at_the_gate(&journal, &gate)));
    let _busy = occupy(&pool, &gate, 1..=2).await;
    let submitter = Submitter::start(&pool, 3..=20);
    let mut fewest = 3;
    settle().await;
    for done in ["one job", "two jobs", "three jobs", "four jobs"] {
        gate.admit(1);
        settle().await;
        fewest += 1;
        let accepted = submitter.accepted();
        expect(
            (fewest..=fewest + 1).contains(&accepted),
            format_args!("{fewest} or {} further `submit`s have returned after {done}: `queue` is 3", fewest + 1),
            format_args!("{accepted} returned"),
        );
    }
    gate.open();
    submitter.finish().await;
}

/// Any number of tasks may submit at once: the pool is `Sync`, the future of `submit` `Send`.
#[lab::test(rejects(), read = "From thread to task")]
async fn many_tasks_submit_to_the_same_pool() {
    let journal = Journal::new();
    let pool = Arc::new(WorkerPool::start(config(2, 2), working(&journal)));
    let submitter = |number| {
        let pool = pool.clone();
        tokio::spawn(async move { results([submit(&pool, number).await]).await })
    };
    let submitters: Vec<_> = (1..=12).map(submitter).collect();
    for (number, submitter) in (1..).zip(submitters) {
        let seen = submitter.await.expect("the task that submits does not panic");
        expect_eq("the result that a task gets for its own job", vec![number], seen);
    }
}

/// Compiles only if the pool and its futures keep the promises about `Send` and `Sync`, for all jobs and results.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn pool_and_submit_may_move_between_threads<J: Send + 'static, R: Send + 'static>(pool: WorkerPool<J, R>, job: J) {
    is_send(&pool);
    is_sync(&pool);
    is_send(&pool.submit(job));
}

/// From `close` on every new `submit` gives its job back, and closing twice is closing once.
#[lab::test(rejects(M82), read = "Stopping in order")]
async fn after_close_submit_gives_the_job_back() {
    let journal = Journal::new();
    let pool = WorkerPool::start(config(2, 2), working(&journal));
    results(submit_all(&pool, 1..=2).await).await;
    pool.close();
    // At once, and once more when everybody has noticed.
    expect_eq("what a `submit` after `close` returns", Err(Closed(3)), pool.submit(3).await.map(drop));
    settle().await;
    expect_eq("what a later `submit` returns", Err(Closed(4)), pool.submit(4).await.map(drop));
    pool.close();
    expect_eq("what a `submit` after a second `close` returns", Err(Closed(5)), pool.submit(5).await.map(drop));
    settle().await;
    expect_eq("jobs that ran, the pool having been closed after 2", 2, journal.begun().len());
}

/// A `submit` already waiting at `close` may end either way, but it ends.
#[lab::test(rejects(M82), read = "Stopping in order")]
async fn a_submit_waiting_at_close_comes_to_an_end() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = Arc::new(WorkerPool::start(config(1, 2), at_the_gate(&journal, &gate)));
    let busy = occupy(&pool, &gate, 1..=1).await;
    let submitter = |number| {
        let pool = pool.clone();
        tokio::spawn(async move { pool.submit(number).await })
    };
    // Two or three of these are accepted at once; the others wait.
    let before: Vec<_> = (2..=7).map(submitter).collect();
    settle().await;
    pool.close();
    let after = submitter(8);
    settle().await;
    gate.open();
    results(busy).await;
    for (number, submitter) in (2..).zip(before) {
        match submitter.await.expect("the task that submits does not panic") {
            Ok(receiver) => expect_eq("the result of an accepted job", vec![number], results([receiver]).await),
            Err(Closed(job)) => expect_eq("the job that a closed pool gives back", number, job),
        }
    }
    let after = after.await.expect("the task that submits does not panic");
    expect_eq("what a `submit` after `close` returns", Err(Closed(8)), after.map(drop));
}

/// Jobs that are in the queue at `close` still run.
#[lab::test(rejects(M82), read = "Stopping in order")]
async fn queued_jobs_still_run_after_close() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = WorkerPool::start(config(2, 4), at_the_gate(&journal, &gate));
    let receivers = submit_all(&pool, 1..=4).await;
    settle().await;
    pool.close();
    settle().await;
    gate.open();
    let answered = answered(receivers).await;
    if answered.len() < 4 {
        journal.fail("results of all 4 jobs accepted before `close`", format_args!("results of {answered:?}"));
    }
}

/// `join` waits for all accepted jobs.
#[lab::test(rejects(M01, M19, M82), read = "Stopping in order")]
async fn join_waits_for_every_accepted_job() {
    let journal = Journal::new();
    let pool = WorkerPool::start(config(2, 4), working(&journal));
    let receivers = submit_all(&pool, 1..=6).await;
    pool.join().await;
    let finished = journal.finished().len();
    if finished < 6 {
        journal.fail("all 6 accepted jobs done when `join` returns", format_args!("{finished} done"));
    }
    let answered = receivers.into_iter().filter_map(|mut receiver| receiver.try_recv().ok());
    expect_eq("the results that are there when `join` has returned", Vec::from_iter(1..=6), Vec::from_iter(answered));
}

/// `join` returns although jobs have panicked.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
async fn join_returns_although_jobs_panicked() {
    let journal = Journal::new();
    let good = working(&journal);
    let pool = WorkerPool::start(config(2, 8), move |number| {
        if number == BAD {
            panics::inject("the handler was called with a bad job");
        }
        let good = good(number);
        async move {
            if number == BAD + 1 {
                panics::inject("a bad job");
            }
            good.await
        }
    });
    let receivers = submit_all(&pool, [BAD, BAD + 1, 1, BAD, BAD + 1, 2]).await;
    pool.join().await;
    expect_eq("the jobs with a result", vec![1, 2], answered(receivers).await);
}

/// When `join` returns, no task of the pool is alive, and the handler has been dropped.
#[lab::test(rejects(M01, M19), read = "Closing by dropping")]
async fn join_leaves_no_task_and_no_handler() {
    for jobs in [6, 1, 0] {
        let journal = Journal::new();
        let handlers = DropCounter::new();
        let before = census::tasks();
        let pool = {
            let (token, work) = (handlers.token(), working(&journal));
            WorkerPool::start(config(2, 4), move |number| {
                let _ = &token;
                work(number)
            })
        };
        let receivers = submit_all(&pool, 1..=jobs).await;
        pool.join().await;
        expect_eq("tasks alive when `join` has returned", before, census::tasks());
        expect_eq("handlers alive when `join` has returned", 0, handlers.alive());
        results(receivers).await;
    }
}

/// When the pool is dropped, accepted jobs finish or are cancelled; no task stays for ever.
#[lab::test(rejects(M01, M19), read = "Closing by dropping")]
async fn a_dropped_pool_leaves_no_task() {
    for running in [false, true] {
        let journal = Journal::new();
        let pool = WorkerPool::start(config(2, 4), working(&journal));
        let receivers = submit_all(&pool, 1..=4).await;
        if running {
            settle().await;
        }
        drop(pool);
        // Every receiver comes to an end, with a result or without. Tasks that are left are counted after the test.
        answered(receivers).await;
    }
    drop(WorkerPool::start(config(2, 4), working(&Journal::new())));
}

/// When `join` is dropped half-way, accepted jobs end, and no task stays for ever.
#[lab::test(rejects(M01, M19), read = "Closing by dropping")]
async fn a_join_given_up_half_way_leaves_no_task() {
    // Two workers need 20 ms for four jobs, and `join` is looked at every millisecond.
    for looks in 0..25 {
        let pool = WorkerPool::start(config(2, 4), working(&Journal::new()));
        let receivers = submit_all(&pool, 1..=4).await;
        cancel_after(looks, pool.join()).await;
        answered(receivers).await;
        settle().await;
        if census::tasks() > 0 {
            // Whether they stay for ever is found out after the test.
            return;
        }
    }
}

/// A `submit` dropped while it waits takes nothing with it but its own job.
#[lab::test(rejects(), read = "A bounded queue is a brake")]
async fn a_submit_given_up_takes_nothing_with_it() {
    let (journal, first, second) = (Journal::new(), Gate::closed(), Gate::closed());
    let pool = Arc::new(WorkerPool::start(config(2, 3), at_one_of_two_gates(&journal, &first, &second)));
    let busy = occupy(&pool, &first, 1..=2).await;
    let mut accepted = Vec::new();
    let mut given_up = 0;
    for number in 3..=14 {
        // Looked at once, twice, three or four times before it is dropped.
        match cancel_after(1 + number % 4, pool.submit(number)).await {
            Some(outcome) => accepted.push((number, receiver_of(number, outcome))),
            None => given_up += 1,
        }
    }
    expect(given_up >= 8, "at least 8 of 12 `submit`s wait: `queue` is 3", format_args!("{given_up} waited"));
    first.open();
    results(busy).await;
    for (number, receiver) in accepted {
        expect_eq("the result of an accepted job", vec![number], results([receiver]).await);
    }
    settle().await;
    let busy = occupy(&pool, &second, SECOND..=SECOND + 1).await;
    let submitter = Submitter::start(&pool, SECOND + 2..=SECOND + 6);
    settle().await;
    let accepted = submitter.accepted();
    expect(
        accepted >= 3,
        format_args!("room for 3 jobs in the queue, as before, after {given_up} `submit`s were given up"),
        format_args!("room for {accepted}"),
    );
    second.open();
    results(busy).await;
    results(submitter.finish().await).await;
    alone(pool).join().await;
}

// --- Handlers ---

/// Jobs from this number on are bad: they panic.
const BAD: usize = 100;

/// Jobs from this number on stand at the second of two gates.
const SECOND: usize = 100;

/// A handler that takes 10 ms and answers with the job's number.
fn working(journal: &Journal) -> impl Fn(usize) -> BoxFuture<'static, usize> + Send + Sync + 'static {
    let journal = journal.clone();
    move |number| {
        let work = journal.work(format_args!("job {number}"), ms(10));
        Box::pin(async move {
            work.await;
            number
        })
    }
}

/// A handler that stands at the gate and answers with the job's number.
fn at_the_gate(journal: &Journal, gate: &Gate) -> impl Fn(usize) -> BoxFuture<'static, usize> + Send + Sync + 'static {
    at_one_of_two_gates(journal, gate, gate)
}

/// A handler that stands at one of two gates, depending on the job's number.
fn at_one_of_two_gates(
    journal: &Journal,
    first: &Gate,
    second: &Gate,
) -> impl Fn(usize) -> BoxFuture<'static, usize> + Send + Sync + 'static {
    let (journal, first, second) = (journal.clone(), first.clone(), second.clone());
    move |number| {
        let gate = if number < SECOND { first.clone() } else { second.clone() };
        journal.during(format_args!("job {number}"), async move {
            gate.pass().await;
            number
        })
    }
}

/// A gate that stands open and only counts who passes.
fn open_gate() -> Gate {
    let gate = Gate::closed();
    gate.open();
    gate
}

// --- Pools, and what goes in and comes out ---

fn config(workers: usize, queue: usize) -> PoolConfig {
    let count = |count| NonZeroUsize::new(count).expect("tests ask for at least one");
    PoolConfig { workers: count(workers), queue: count(queue) }
}

/// Submits a job to a pool that is open.
async fn submit<J, R>(pool: &WorkerPool<J, R>, job: J) -> oneshot::Receiver<R>
where
    J: Debug + Copy + Send + 'static,
    R: Send + 'static,
{
    receiver_of(job, pool.submit(job).await)
}

/// The receiver of a job that an open pool has accepted.
fn receiver_of<J: Debug, R>(job: J, outcome: Result<oneshot::Receiver<R>, Closed<J>>) -> oneshot::Receiver<R> {
    outcome.unwrap_or_else(|Closed(_)| {
        fail(format_args!("job {job:?} to be accepted"), "`Closed`, although nobody has closed the pool")
    })
}

/// Submits one job after the other.
async fn submit_all(pool: &Pool, jobs: impl IntoIterator<Item = usize>) -> Vec<Receiver> {
    let mut receivers = Vec::new();
    for job in jobs {
        receivers.push(submit(pool, job).await);
    }
    receivers
}

/// The results of jobs that do not panic.
async fn results<R>(receivers: impl IntoIterator<Item = oneshot::Receiver<R>>) -> Vec<R> {
    let mut results = Vec::new();
    for receiver in receivers {
        match receiver.await {
            Ok(result) => results.push(result),
            Err(_) => fail("a result for every accepted job", "a receiver that was closed without one"),
        }
    }
    results
}

/// Waits until every receiver has come to an end, and returns the results that there were.
async fn answered<R>(receivers: impl IntoIterator<Item = oneshot::Receiver<R>>) -> Vec<R> {
    let mut results = Vec::new();
    for receiver in receivers {
        results.extend(receiver.await);
    }
    results
}

/// Gives every worker a job that stands at the gate.
async fn occupy(pool: &Pool, gate: &Gate, jobs: RangeInclusive<usize>) -> Vec<Receiver> {
    let mut receivers = Vec::new();
    for job in jobs {
        receivers.push(submit(pool, job).await);
        gate.arrivals(receivers.len(), "workers busy at the same time").await;
    }
    receivers
}

/// More bad jobs than workers, then good ones: two workers are still two.
async fn keeps_its_strength(pool: &Pool, gate: &Gate) {
    let closed = Arc::new(AtomicUsize::new(0));
    let counted = closed.clone();
    let awaited =
        awaiting("3 closed receivers, one for each panicking job", move || counted.load(Ordering::SeqCst).to_string());
    for receiver in submit_all(pool, BAD..BAD + 3).await {
        expect(receiver.await.is_err(), "a closed receiver for a panicking job", "a result");
        closed.fetch_add(1, Ordering::SeqCst);
    }
    drop(awaited);
    let receivers = submit_all(pool, 1..=4).await;
    gate.arrivals(2, "handlers at the same time: there are 2 workers, and 3 jobs have panicked").await;
    settle().await;
    expect_eq("handlers at the same time after 3 panics, there being 2 workers", 2, gate.arrived());
    gate.open();
    expect_eq("the results of the good jobs", vec![1, 2, 3, 4], results(receivers).await);
}

/// Takes the pool back when all submitting tasks are done with it.
fn alone(pool: Arc<Pool>) -> Pool {
    Arc::into_inner(pool).expect("every task that submits has ended")
}

/// A task that submits job after job.
struct Submitter {
    accepted: Arc<AtomicUsize>,
    task: JoinHandle<Vec<Receiver>>,
}

impl Submitter {
    fn start(pool: &Arc<Pool>, jobs: RangeInclusive<usize>) -> Self {
        let accepted = Arc::new(AtomicUsize::new(0));
        let (pool, counter) = (pool.clone(), accepted.clone());
        let task = tokio::spawn(async move {
            let mut receivers = Vec::new();
            for job in jobs {
                receivers.push(submit(&pool, job).await);
                counter.fetch_add(1, Ordering::SeqCst);
            }
            receivers
        });
        Self { accepted, task }
    }

    /// How many `submit`s have returned so far.
    fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// The receivers, when all jobs have been accepted.
    async fn finish(self) -> Vec<Receiver> {
        self.task.await.expect("the task that submits does not panic")
    }
}
