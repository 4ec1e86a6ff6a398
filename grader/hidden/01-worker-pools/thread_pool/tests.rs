//! What the contract of `thread-pool` promises, clause by clause.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use lab::awaited::awaiting;
use lab::prelude::*;

use crate::thread_pool::{PoolReport, ThreadPool};

/// `workers` jobs can wait for each other.
#[lab::test(rejects(M15, M18, M91), read = "One receiver, many workers")]
fn as_many_jobs_run_at_once_as_there_are_workers() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(4);
    queue(&pool, 1..=4, &journal, &gate);
    gate.wait_for(4, "jobs at the same time on 4 workers");
    gate.open();
    pool.join();
}

/// There may be far more workers than the machine has cores.
#[lab::test(rejects(), read = "How many workers?")]
fn more_workers_than_cores_all_work() {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let workers = 16.max(2 * cores + 1);
    let gate = Gate::closed();
    let pool = pool_of(workers);
    for job in 1..=workers {
        let gate = gate.clone();
        execute(&pool, job, move || gate.pass_blocking());
    }
    gate.wait_for(workers, &format!("jobs at the same time on {workers} workers"));
    gate.open();
    pool.join();
}

/// While all workers are busy a further job waits; it starts as soon as one worker is free.
#[lab::test(rejects(M29), read = "One receiver, many workers")]
fn a_further_job_waits_until_a_worker_is_free() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(2);
    queue(&pool, 1..=5, &journal, &gate);
    gate.wait_for(2, "jobs at the same time on 2 workers");
    quiesce();
    gate.admit(1);
    gate.wait_for(3, "jobs begun on 2 workers after the end of one job");
    quiesce();
    gate.open();
    pool.join();
    journal.expect_at_most(2, "jobs");
}

/// How many threads the pool has does not depend on how many jobs are queued.
#[lab::test(rejects(), read = "How many workers?")]
fn queued_jobs_do_not_cost_threads() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(2);
    queue(&pool, 1..=4, &journal, &gate);
    gate.wait_for(2, "jobs at the same time on 2 workers");
    quiesce();
    let few_queued = census::threads();
    for job in 5..=54 {
        execute(&pool, job, || ());
    }
    quiesce();
    let many_queued = census::threads();
    gate.open();
    pool.join();
    if let (Some(few), Some(many)) = (few_queued, many_queued) {
        let more = many.saturating_sub(few);
        expect(more == 0, "no further thread for 50 further jobs in the queue", format_args!("{more} further threads"));
    }
}

/// `execute` never blocks, however many jobs are queued.
#[lab::test(rejects(), read = "A bounded queue is a brake")]
fn execute_never_blocks() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(1);
    queue(&pool, 1..=1, &journal, &gate);
    gate.wait_for(1, "job on the only worker");
    let last = 2_000;
    for job in 2..=last {
        execute(&pool, job, || ());
    }
    gate.open();
    let report = pool.join();
    expect_eq("the report", PoolReport { completed: last, panicked: 0 }, report);
}

/// With one worker the jobs run in the order of the `execute` calls.
#[lab::test(rejects(), read = "One receiver, many workers")]
fn one_worker_runs_the_jobs_in_order() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(1);
    queue(&pool, 1..=8, &journal, &gate);
    gate.open();
    pool.join();
    journal.expect_begun("jobs", labels(1..=8));
}

/// Whichever worker becomes free takes the job that has waited longest.
#[lab::test(rejects(), read = "One receiver, many workers")]
fn a_free_worker_takes_the_job_that_has_waited_longest() {
    let journal = Journal::new();
    let (long, short, rest) = (Gate::closed(), Gate::closed(), Gate::closed());
    rest.open();
    let pool = pool_of(2);
    queue(&pool, 1..=1, &journal, &long);
    long.wait_for(1, "job on one of 2 workers");
    queue(&pool, 2..=2, &journal, &short);
    short.wait_for(1, "job on the other worker");
    queue(&pool, 3..=8, &journal, &rest);
    short.open();
    rest.wait_for(6, "queued jobs run by the worker that is free, while job 1 keeps the other one busy");
    long.open();
    pool.join();
    journal.expect_begun("jobs", labels(1..=8));
}

/// A pool that has stood idle works as before.
#[lab::test(rejects(), read = "Closing by dropping")]
fn an_idle_pool_stays_ready() {
    let journal = Journal::new();
    let pool = pool_of(2);
    for first in [1, 3] {
        // The workers have nothing to do: before the first job, and again between the rounds.
        quiesce();
        let gate = Gate::closed();
        queue(&pool, first..=first + 1, &journal, &gate);
        gate.wait_for(2, "jobs at the same time on 2 workers that stood idle before");
        gate.open();
    }
    pool.join();
}

/// After more panics than workers, still exactly `workers` jobs run at once.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
fn panicking_jobs_do_not_change_the_strength_of_the_pool() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(3);
    for job in 1..=4 {
        let journal = journal.clone();
        execute(&pool, job, move || {
            let _span = journal.begin(format_args!("job {job}, panics"));
            panics::inject("the job had a problem");
        });
    }
    queue(&pool, 5..=9, &journal, &gate);
    gate.wait_for(3, "jobs at the same time on 3 workers, after 4 jobs that panicked");
    quiesce();
    gate.open();
    pool.join();
    journal.expect_at_most(3, "jobs");
}

/// A panic is survived and counted, whatever its payload.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
fn a_panic_with_any_payload_is_counted() {
    let pool = pool_of(1);
    execute(&pool, 1, || panics::inject("a literal"));
    execute(&pool, 2, || panics::inject_owned(format!("{} and a half", 1)));
    execute(&pool, 3, || panics::inject_odd());
    execute(&pool, 4, || ());
    let report = pool.join();
    expect_eq("the report, after 3 panics of different kinds", PoolReport { completed: 1, panicked: 3 }, report);
}

/// The report says how many jobs returned and how many panicked.
#[lab::test(rejects(), read = "A result for every job")]
fn the_report_counts_every_job_once() {
    let pool = pool_of(3);
    for job in 1..=20 {
        execute(&pool, job, move || {
            if job % 4 == 0 {
                panics::inject("every fourth job has a problem");
            }
        });
    }
    let report = pool.join();
    expect_eq("the report on 20 jobs", PoolReport { completed: 15, panicked: 5 }, report);
}

/// `join` returns when everything that was queued has run.
#[lab::test(rejects(M82), read = "Closing by dropping")]
fn join_runs_everything_that_is_queued() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(1);
    queue(&pool, 1..=3, &journal, &gate);
    gate.wait_for(1, "job on the only worker");
    let join = call_while_jobs_run(&journal, &gate, || pool.join());
    if join.finished < 3 {
        journal.fail("3 jobs finished when `join` returns, 2 of them queued when it was called", join.finished);
    }
    journal.expect_at_most(1, "jobs");
    expect_eq("the report", PoolReport { completed: 3, panicked: 0 }, join.value);
}

/// `join` waits for the jobs that are running, too.
#[lab::test(rejects(), read = "Stopping in order")]
fn join_waits_for_the_running_jobs() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(2);
    queue(&pool, 1..=2, &journal, &gate);
    gate.wait_for(2, "jobs at the same time on 2 workers");
    let join = call_while_jobs_run(&journal, &gate, || pool.join());
    if join.finished < 2 {
        journal.fail("2 jobs finished when `join` returns, both running when it was called", join.finished);
    }
}

/// `join` returns at once if there is nothing to do.
#[lab::test(rejects(M01), read = "Closing by dropping")]
fn join_of_an_idle_pool_returns() {
    let report = pool_of(3).join();
    expect_eq("the report", PoolReport { completed: 0, panicked: 0 }, report);
}

/// `join` also waits for the jobs that run after a panic, wherever they run.
#[lab::test(rejects(M24), read = "What a dead worker costs")]
fn join_waits_for_what_runs_after_a_panic() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(1);
    execute(&pool, 1, || panics::inject("the job had a problem"));
    queue(&pool, 2..=3, &journal, &gate);
    gate.wait_for(1, "job running after the one that panicked");
    let join = call_while_jobs_run(&journal, &gate, || pool.join());
    if join.finished < 2 {
        journal.fail("2 jobs finished when `join` returns, both queued behind one that panicked", join.finished);
    }
}

/// All threads of the pool have ended when `join` returns.
#[lab::test(rejects(), read = "Stopping in order")]
fn no_thread_is_left_after_join() {
    let before = census::threads();
    let pool = pool_of(3);
    for job in 1..=9 {
        execute(&pool, job, move || {
            if job == 3 {
                panics::inject("the job had a problem");
            }
        });
    }
    pool.join();
    expect_no_thread_beyond(before, "`join`");
}

/// When `join` returns, no thread of the pool is at work, not even on what a panic left behind.
#[lab::test(rejects(), read = "Stopping in order")]
fn join_waits_for_threads_and_not_only_for_jobs() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let pool = pool_of(1);
    let remains = Remains { journal: journal.clone(), gate: gate.clone() };
    execute(&pool, 1, move || panic_any(remains));
    let join = call_while_jobs_run(&journal, &gate, || pool.join());
    if join.left_behind > 0 {
        journal.fail(
            "`join` returns after the threads have ended",
            "it returned while a thread was still dropping the payload of a panic",
        );
    }
}

/// The payload of a panic; dropping it takes as long as the gate is closed.
struct Remains {
    journal: Journal,
    gate: Gate,
}

impl Drop for Remains {
    fn drop(&mut self) {
        let _span = self.journal.begin("the payload of a panic is dropped");
        self.gate.pass_blocking();
    }
}

/// Dropping the pool waits for the running jobs; nothing starts afterwards.
#[lab::test(rejects(M01), read = "Stopping in order")]
fn dropping_the_pool_waits() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let before = census::threads();
    let pool = pool_of(2);
    queue(&pool, 1..=3, &journal, &gate);
    gate.wait_for(2, "jobs at the same time on 2 workers");
    let drop = call_while_jobs_run(&journal, &gate, || drop(pool));
    if drop.left_behind > 0 {
        journal.fail("no job running any more when the pool has been dropped", drop.left_behind);
    }
    let late = journal.begun().len() - drop.begun;
    if late > 0 {
        journal.fail("no job starts after the pool has been dropped", late);
    }
    expect_no_thread_beyond(before, "the drop");
}

/// A pool of that many workers.
fn pool_of(workers: usize) -> ThreadPool {
    ThreadPool::new(NonZeroUsize::new(workers).expect("the tests ask for at least one worker"))
}

/// Queues jobs that are written into the journal and wait at the gate.
fn queue(pool: &ThreadPool, jobs: RangeInclusive<usize>, journal: &Journal, gate: &Gate) {
    for job in jobs {
        let (journal, gate) = (journal.clone(), gate.clone());
        execute(pool, job, move || {
            let _span = journal.begin(label(job));
            gate.pass_blocking();
        });
    }
}

/// Queues a job. If `execute` never comes back, that is what the report says.
fn execute(pool: &ThreadPool, number: usize, job: impl FnOnce() + Send + 'static) {
    let seen = move || format!("the call for job {number} has not returned");
    let _awaited = awaiting("`execute` returns at once, whatever the workers do", seen);
    pool.execute(job);
}

fn label(job: usize) -> String {
    format!("job {job}")
}

fn labels(jobs: RangeInclusive<usize>) -> impl Iterator<Item = String> {
    jobs.map(label)
}

/// How a call came back that was made while jobs stood at the gate.
struct Return<R> {
    value: R,
    /// Jobs that had begun by then.
    begun: usize,
    /// Jobs that had finished by then.
    finished: usize,
    /// Jobs that were still running afterwards.
    left_behind: usize,
}

/// Makes the call while jobs stand at the gate. They pass one by one, each only when nothing more can happen
/// without it: a call that does not wait for all of them comes back while one is running.
fn call_while_jobs_run<R>(journal: &Journal, gate: &Gate, call: impl FnOnce() -> R) -> Return<R> {
    let has_returned = Arc::new(AtomicBool::new(false));
    let opener = {
        let (journal, gate, has_returned) = (journal.clone(), gate.clone(), has_returned.clone());
        thread::spawn(move || {
            let mut left_behind = 0;
            quiesce();
            while gate.waiting() > 0 {
                if has_returned.load(Ordering::SeqCst) {
                    left_behind = left_behind.max(journal.running());
                }
                gate.admit(1);
                quiesce();
            }
            gate.open();
            left_behind
        })
    };
    let value = call();
    let (begun, finished) = (journal.begun().len(), journal.finished().len());
    has_returned.store(true, Ordering::SeqCst);
    let left_behind = opener.join().expect("the gate is opened");
    Return { value, begun, finished, left_behind }
}

/// Ends the test if there are more threads than before; `what` has returned by now.
fn expect_no_thread_beyond(before: Option<usize>, what: &str) {
    quiesce();
    if let (Some(before), Some(after)) = (before, census::threads()) {
        let left = after.saturating_sub(before);
        expect(left == 0, format_args!("all threads of the pool have ended after {what}"), format_args!("{left} left"));
    }
}
