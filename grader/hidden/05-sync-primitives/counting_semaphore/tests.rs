//! What the contract of `counting-semaphore` promises, clause by clause. What depends on who comes first is in
//! `model.rs`.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lab::awaited::awaiting;
use lab::prelude::*;

use crate::counting_semaphore::{CountingSemaphore, Permit};

/// All permits can be out at the same time.
#[lab::test(rejects(M91), read = "A permit is given back by dropping")]
fn all_permits_can_be_out_at_the_same_time() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(3);
    let threads = hold(&semaphore, 1..=3, &journal, &gate);
    gate.wait_for(3, "threads that hold a permit at the same time, of 3 permits");
    gate.open();
    join(threads);
}

/// There are never more permits out than were made.
#[lab::test(rejects(M72), read = "A permit is given back by dropping")]
fn never_more_permits_are_out_than_were_made() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(2);
    let threads = hold(&semaphore, 1..=5, &journal, &gate);
    gate.wait_for(2, "threads that hold one of 2 permits");
    quiesce();
    gate.admit(1);
    gate.wait_for(3, "threads that got one of 2 permits, after one of them has come back");
    quiesce();
    gate.open();
    gate.wait_for(5, "threads that got one of 2 permits, all of which come back");
    join(threads);
    journal.expect_at_most(2, "permits out");
}

/// A permit that comes back goes to somebody who waits.
#[lab::test(rejects(), read = "Whom to wake")]
fn a_permit_that_comes_back_goes_to_one_who_waits() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(1);
    let permit = take(&semaphore);
    let threads = hold(&semaphore, 1..=2, &journal, &gate);
    quiesce();
    drop(permit);
    gate.wait_for(1, "thread that got the only permit, after it has come back");
    gate.admit(1);
    gate.wait_for(2, "threads that got the only permit, after it has come back twice");
    gate.open();
    join(threads);
}

/// `try_acquire` takes a permit if one is free; if it returns `None`, nothing has changed.
#[lab::test(rejects(M72), read = "A permit is given back by dropping")]
fn try_acquire_takes_a_free_permit_or_changes_nothing() {
    let semaphore = semaphore_of(1);
    let permit = attempt(&semaphore);
    expect(permit.is_some(), "a permit from `try_acquire`, the only one being free", "`None`");
    for _ in 0..2 {
        expect(attempt(&semaphore).is_none(), "no permit from `try_acquire`, the only one being out", "a permit");
    }
    expect_available(&semaphore, 0, "after `try_acquire` has returned `None`, the only permit being out");
    drop(permit);
    expect_available(&semaphore, 1, "when the only permit has come back");
    expect(attempt(&semaphore).is_some(), "a permit from `try_acquire`, the only one having come back", "`None`");
}

/// `try_acquire` does not wait, even if others do.
#[lab::test(rejects(), read = "Waiting is not looking again")]
fn try_acquire_does_not_join_those_who_wait() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(1);
    let permit = take(&semaphore);
    let threads = hold(&semaphore, 1..=2, &journal, &gate);
    quiesce();
    expect(attempt(&semaphore).is_none(), "no permit from `try_acquire`, the only one being out", "a permit");
    drop(permit);
    gate.open();
    gate.wait_for(2, "threads that got the only permit, which comes back");
    join(threads);
    expect(attempt(&semaphore).is_some(), "a permit from `try_acquire` when nobody holds or awaits one", "`None`");
}

/// `add_permits(n)` lets n of those who wait go on, at once.
#[lab::test(rejects(M69), read = "Whom to wake")]
fn as_many_go_on_at_once_as_permits_are_added() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(0);
    let threads = hold(&semaphore, 1..=3, &journal, &gate);
    quiesce();
    add(&semaphore, 3);
    gate.wait_for(3, "threads that hold a permit at the same time, after `add_permits(3)` while 3 waited");
    gate.open();
    join(threads);
}

/// `add_permits(n)` lets no more than n of those who wait go on.
#[lab::test(rejects(M67), read = "Waiting is not looking again")]
fn no_more_go_on_than_permits_are_added() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(0);
    let threads = hold(&semaphore, 1..=5, &journal, &gate);
    quiesce();
    add(&semaphore, 2);
    gate.wait_for(2, "threads that hold a permit, after `add_permits(2)` while 5 waited");
    quiesce();
    journal.expect_at_most(2, "permits out");
    add(&semaphore, 3);
    gate.wait_for(5, "threads that hold a permit, after `add_permits(2)` and `add_permits(3)` while 5 waited");
    gate.open();
    join(threads);
}

/// What `add_permits` makes and nobody waits for stays free.
#[lab::test(rejects(), read = "Whom to wake")]
fn added_permits_that_nobody_waits_for_stay_free() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(0);
    let threads = hold(&semaphore, 1..=2, &journal, &gate);
    quiesce();
    add(&semaphore, 5);
    gate.wait_for(2, "threads that hold a permit, after `add_permits(5)` while 2 waited");
    quiesce();
    expect_available(&semaphore, 3, "after `add_permits(5)`, while 2 threads hold a permit");
    gate.open();
    join(threads);
    expect_available(&semaphore, 5, "after `add_permits(5)` and 2 threads that have given theirs back");
}

/// Permits that were added are as good as the first ones.
#[lab::test(rejects(), read = "A permit is given back by dropping")]
fn added_permits_are_there_for_good() {
    let semaphore = semaphore_of(1);
    let first = take(&semaphore);
    add(&semaphore, 2);
    expect_available(&semaphore, 2, "after `new(1)`, one `acquire` and `add_permits(2)`");
    let (second, third) = (take(&semaphore), take(&semaphore));
    expect_available(&semaphore, 0, "after all 3 were taken");
    // In the order in which they were taken: the one taken last is not the first to come back.
    for (back, permit) in [first, second, third].into_iter().enumerate() {
        drop(permit);
        expect_available(&semaphore, back + 1, &format!("after {} of 3 have come back", back + 1));
    }
    add(&semaphore, 0);
    expect_available(&semaphore, 3, "after `add_permits(0)`");
}

/// `available` is the number of free permits; those who wait do not count.
#[lab::test(rejects(), read = "Two atomics are not one state")]
fn available_is_the_number_of_free_permits() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(2);
    expect_available(&semaphore, 2, "after `new(2)`");
    let first = take(&semaphore);
    expect_available(&semaphore, 1, "after one `acquire` of 2 permits");
    let second = attempt(&semaphore);
    expect(second.is_some(), "a permit from `try_acquire`, 1 of 2 being free", "`None`");
    expect_available(&semaphore, 0, "after one `acquire` and one `try_acquire` of 2 permits");
    let threads = hold(&semaphore, 1..=3, &journal, &gate);
    quiesce();
    expect_available(&semaphore, 0, "while both permits are out and 3 threads wait");
    drop((first, second));
    gate.open();
    gate.wait_for(3, "threads that got one of 2 permits, all of which come back");
    join(threads);
    expect_available(&semaphore, 2, "when all have come back");
}

/// A semaphore may begin without permits; `acquire` then waits for `add_permits`.
#[lab::test(rejects(), read = "Waiting is not looking again")]
fn a_semaphore_may_begin_without_permits() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let semaphore = semaphore_of(0);
    expect_available(&semaphore, 0, "after `new(0)`");
    expect(attempt(&semaphore).is_none(), "no permit from `try_acquire` after `new(0)`", "a permit");
    let threads = hold(&semaphore, 1..=1, &journal, &gate);
    quiesce();
    if gate.arrived() > 0 {
        journal.fail("`acquire` waits after `new(0)`, until there is `add_permits`", "it returned a permit");
    }
    add(&semaphore, 1);
    gate.wait_for(1, "thread that holds a permit, after `add_permits(1)` while 1 waited");
    gate.open();
    join(threads);
}

/// A thread that waits uses no processor time.
#[lab::test(rejects(M66), read = "Waiting is not looking again")]
fn waiting_costs_no_cpu() {
    let (semaphore, gate) = (semaphore_of(0), Gate::closed());
    let (tell, told) = mpsc::channel();
    let waiting = {
        let (semaphore, gate) = (semaphore.clone(), gate.clone());
        thread::spawn(move || {
            let _ = tell.send(this_thread());
            let _permit = semaphore.acquire();
            gate.pass_blocking();
        })
    };
    // Falling asleep takes microseconds of processor time, however busy the machine is; one that does not fall asleep
    // has soon used this much. Systems that do not show a thread's time have nothing to say here.
    let budget = Duration::from_millis(50);
    if let Some(thread) = told.recv().expect("the thread has begun") {
        while let (false, Some(used)) = (sleeps(&thread), processor_time(&thread)) {
            let seen = "it did not fall asleep: it looked again and again, for 50 ms of processor time";
            expect(used < budget, "a thread that waits for a permit sleeps until it is woken", seen);
            thread::sleep(Duration::from_millis(1));
        }
    }
    add(&semaphore, 1);
    gate.wait_for(1, "thread that holds a permit, after `add_permits(1)` while 1 waited");
    gate.open();
    join(vec![waiting]);
}

/// A thread that panics gives its permit back, to somebody who waits if there is one.
#[lab::test(rejects(M24), read = "A permit is given back by dropping")]
fn a_panic_gives_the_permit_back() {
    let (journal, panics, gate) = (Journal::new(), Gate::closed(), Gate::closed());
    let semaphore = semaphore_of(1);
    let panicking = {
        let (semaphore, journal, panics) = (semaphore.clone(), journal.clone(), panics.clone());
        thread::spawn(move || {
            let _permit = semaphore.acquire();
            let _span = journal.begin("thread 1, panics");
            panics.pass_blocking();
            panics::inject("the work had a problem");
        })
    };
    panics.wait_for(1, "thread that holds the only permit");
    let threads = hold(&semaphore, 2..=2, &journal, &gate);
    quiesce();
    panics.open();
    let _ = panicking.join();
    gate.wait_for(1, "thread that got the only permit, after the thread that held it has panicked");
    gate.open();
    join(threads);
    expect_available(&semaphore, 1, "when the only permit has come back twice, once in a panic");
}

/// After a panic the semaphore works on as before, for everybody.
#[lab::test(rejects(M25), read = "A poisoned lock asks a question")]
fn a_panic_poisons_nothing() {
    let semaphore = semaphore_of(2);
    for round in 0..3 {
        let semaphore = semaphore.clone();
        let panicking = thread::spawn(move || {
            let _permits = if round == 0 { attempt(&semaphore) } else { Some(take(&semaphore)) };
            panics::inject("the work had a problem");
        });
        let _ = panicking.join();
    }
    let works = |call: &str, result: Result<bool, String>| match result {
        Ok(true) => {}
        Ok(false) => fail(format_args!("a permit from `{call}` after 3 panics, 2 of 2 being free again"), "`None`"),
        Err(message) => fail(format_args!("`{call}` works as before after 3 panics"), format_args!("panic: {message}")),
    };
    works("available", panics::catch(|| semaphore.available() == 2));
    works("acquire", panics::catch(|| drop(take(&semaphore))).map(|()| true));
    works("try_acquire", panics::catch(|| attempt(&semaphore).is_some()));
    works("add_permits", panics::catch(|| add(&semaphore, 1)).map(|()| true));
    expect_available(&semaphore, 3, "after `new(2)`, `add_permits(1)` and 3 panics");
}

fn semaphore_of(permits: usize) -> Arc<CountingSemaphore> {
    Arc::new(CountingSemaphore::new(permits))
}

/// Starts threads that take a permit, write into the journal how long they hold it, and wait with it at the gate.
fn hold(
    semaphore: &Arc<CountingSemaphore>,
    threads: RangeInclusive<usize>,
    journal: &Journal,
    gate: &Gate,
) -> Vec<JoinHandle<()>> {
    let start = |thread| {
        let (semaphore, journal, gate) = (semaphore.clone(), journal.clone(), gate.clone());
        thread::spawn(move || {
            let _permit = semaphore.acquire();
            // Dropped before the permit: the journal never tells of more permits than were out.
            let _span = journal.begin(format_args!("thread {thread}"));
            gate.pass_blocking();
        })
    };
    threads.map(start).collect()
}

fn join(threads: Vec<JoinHandle<()>>) {
    for thread in threads {
        let seen = || "a thread that drops its permit waits for ever".to_owned();
        let _awaited = awaiting("dropping a permit does not wait for anybody", seen);
        let _ = thread.join();
    }
}

/// `acquire` where a permit is free. If it never comes back, that is what the report says; as in the calls below.
fn take(semaphore: &CountingSemaphore) -> Permit<'_> {
    let _awaited = awaiting("`acquire` takes a free permit", || "it waits, though a permit is free".to_owned());
    semaphore.acquire()
}

fn attempt(semaphore: &CountingSemaphore) -> Option<Permit<'_>> {
    let _awaited = awaiting("`try_acquire` returns, whoever waits", || "it waits for ever".to_owned());
    semaphore.try_acquire()
}

fn add(semaphore: &CountingSemaphore, n: usize) {
    let seen = move || format!("`add_permits({n})` waits for ever");
    let _awaited = awaiting("`add_permits` returns, however many permits there are", seen);
    semaphore.add_permits(n);
}

/// For moments at which everything is at rest.
fn expect_available(semaphore: &CountingSemaphore, expected: usize, when: &str) {
    let _awaited = awaiting("`available` returns", || "it waits for ever".to_owned());
    expect_eq(&format!("free permits {when}"), expected, semaphore.available());
}

/// Where Linux tells about the calling thread.
fn this_thread() -> Option<PathBuf> {
    Some(Path::new("/proc").join(fs::read_link("/proc/thread-self").ok()?))
}

fn sleeps(thread: &Path) -> bool {
    let status = fs::read_to_string(thread.join("status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:\tS"))
}

/// How long the thread has had a processor so far.
fn processor_time(thread: &Path) -> Option<Duration> {
    let statistics = fs::read_to_string(thread.join("schedstat")).ok()?;
    Some(Duration::from_nanos(statistics.split_whitespace().next()?.parse().ok()?))
}
