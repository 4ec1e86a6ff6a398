//! What the contract of `steady-ticker` promises, clause by clause.
//!
//! A [`Script`] says how long each run takes, the clock is paused, and so every instant is known to the millisecond.
//! No run ends exactly at a point of the grid that has been missed: what is late then would be a matter of taste.

use std::cell::RefCell;
use std::future::poll_fn;
use std::ops::Range;
use std::pin::pin;
use std::time::Duration;

use lab::prelude::*;
use tokio::time::{Instant, sleep, timeout};

use crate::steady_ticker::run_every;

/// The first run begins at once, not a period later.
#[lab::test(rejects(), read = "A grid does not drift")]
async fn the_first_run_begins_at_once() {
    let script = Script::new([30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(0..1, "the first run begins", [0]);
}

/// Runs begin on the grid, however long each of them takes.
#[lab::test(rejects(M47, M53, M91), read = "A grid does not drift")]
async fn runs_begin_on_the_grid() {
    let script = Script::new([30, 30, 90, 10, 0, 50, 30, 70, 30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(0..10, "the 10 runs begin", (0..10).map(|point| point * 100));
}

/// A run that takes exactly one period is followed by the next one at its point.
#[lab::test(rejects(), read = "A grid does not drift")]
async fn a_run_as_long_as_the_period_is_in_time() {
    let script = Script::new([100, 100, 30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(0..4, "the 4 runs begin", [0, 100, 200, 300]);
}

/// `job` is called when its run begins, and not before the run in front of it has ended.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn runs_never_overlap() {
    let script = Script::new([30, 350, 230, 30, 130, 30]);
    script.play(PERIOD).await;
    script.journal.expect_at_most(1, "runs");
}

/// When points of the grid have passed, the next run begins as soon as the running one ends.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn a_late_run_begins_at_once() {
    let script = Script::new([30, 350, 30]);
    script.play(PERIOD).await;
    script.expect_starts(0..3, "the third run, due while the second was going on, begins at its end", [0, 100, 450]);
    // Hardly late, and late is late.
    let script = Script::new([120, 30]);
    script.play(PERIOD).await;
    script.expect_starts(0..2, "the second run, due at 100 ms, begins when the first has ended", [0, 120]);
}

/// There is one late run, not one for every point that has passed.
#[lab::test(rejects(M52), read = "Ticks that were missed")]
async fn there_is_one_late_run_however_many_points_passed() {
    let script = Script::new([30, 350, 10, 10, 10, 10]);
    script.play(PERIOD).await;
    let starts = script.starts();
    let late = starts.iter().filter(|start| (450..500).contains(*start)).count();
    if late > 1 {
        script.journal.fail(
            "one late run between 450 and 500 ms; the points 200, 300 and 400 are gone",
            format_args!("{late} runs; they begin at {} ms", listed(&starts)),
        );
    }
}

/// After a late run the grid holds again.
#[lab::test(rejects(M52), read = "Ticks that were missed")]
async fn after_a_late_run_the_grid_holds_again() {
    let script = Script::new([30, 350, 30, 30, 30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(3..6, "after the late run at 450 ms, runs begin", [500, 600, 700]);
    // The same where only one point was missed.
    let script = Script::new([130, 30, 30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(2..4, "after the late run at 130 ms, runs begin", [200, 300]);
}

/// A late run may itself take too long; then the next one is late, too.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn a_late_run_may_take_too_long_itself() {
    let script = Script::new([230, 230, 180, 30, 30]);
    script.play(PERIOD).await;
    script.expect_starts(
        0..5,
        "each run begins at the end of the one before, then on the grid",
        [0, 230, 460, 640, 700],
    );
}

/// There are exactly `times` runs, numbered from 0, late ones included.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn there_are_exactly_as_many_runs_as_asked_for() {
    for (times, durations) in [(1, &[30][..]), (4, &[30, 30, 30, 30]), (5, &[30, 350, 30, 30, 30])] {
        let script = Script::new(durations.iter().copied());
        let returned = script.play(PERIOD).await;
        let wanted: Vec<usize> = (0..times).collect();
        let seen = script.numbers();
        if seen != wanted {
            script.journal.fail(
                format_args!("with `times` {times}, `job` is called with the numbers {}", listed(&wanted)),
                if seen.is_empty() { "no call".to_owned() } else { listed(&seen) },
            );
        }
        expect_eq("how many instants are returned", times, returned.len());
    }
}

/// With `times` 0 there is no run, and the result is empty at once.
#[lab::test(rejects(), read = "A grid does not drift")]
async fn no_times_is_no_run() {
    let before = elapsed_ms();
    let call = run_every(PERIOD, 0, |k| async move { fail("no run, `times` being 0", format_args!("`job({k})`")) });
    let Ok(returned) = timeout(10 * PERIOD, call).await else {
        fail("an empty result at once, `times` being 0", "no result after 10 periods");
    };
    expect_eq("the instants that are returned", Vec::<Instant>::new(), returned);
    expect_eq("milliseconds that pass meanwhile", 0, elapsed_ms() - before);
}

/// The result is there when the last run ends, without waiting for another point of the grid.
#[lab::test(rejects(), read = "A grid does not drift")]
async fn the_result_is_there_when_the_last_run_ends() {
    for (durations, end) in [(&[30][..], 30), (&[30, 30, 30], 230), (&[30, 30, 170], 370), (&[130, 30, 0], 200)] {
        let script = Script::new(durations.iter().copied());
        script.play(PERIOD).await;
        let returned = script.now();
        if returned != end {
            script.journal.fail(
                format_args!("the result at {end} ms, when the last of {} runs has ended", durations.len()),
                format_args!("at {returned} ms"),
            );
        }
    }
}

/// The result tells when `job` was called, late where a run was late.
#[lab::test(rejects(), read = "Ticks that were missed")]
async fn the_result_tells_when_the_job_was_called() {
    let script = Script::new([30, 350, 30, 120, 30]);
    let returned: Vec<u64> = script.play(PERIOD).await.into_iter().map(|start| script.since_start(start)).collect();
    let called = script.starts();
    if returned != called {
        script.journal.fail(
            format_args!("the instants at which `job` was called: {} ms", listed(&called)),
            format_args!("{} ms", listed(&returned)),
        );
    }
}

/// Between two runs the future sleeps; it does not look at the clock again and again.
#[lab::test(rejects(M66), read = "A grid does not drift")]
async fn between_runs_it_sleeps() {
    let script = Script::new([30, 30, 30]);
    // Generous: a run and a sleep take two or three polls each.
    script.play_within(60, ms(1000)).await;
}

/// A dropped future drops its run, begins no other, and leaves no task behind.
#[lab::test(rejects(), read = "A grid does not drift")]
async fn a_dropped_future_leaves_nothing_behind() {
    // During a run, between two runs, and during a run that is too long.
    for (dropped_at, begun) in [(110, 2), (150, 2), (350, 3)] {
        let script = Script::new([30, 30, 450, 30, 30]);
        if timeout(ms(dropped_at), script.play(PERIOD)).await.is_ok() {
            script.journal.fail("no result before the 5 runs are done", format_args!("one before {dropped_at} ms"));
        }
        let running = script.journal.running();
        if running > 0 {
            script.journal.fail(
                format_args!("no run going on any more, the future having been dropped at {dropped_at} ms"),
                format_args!("{running} going on"),
            );
        }
        sleep(10 * PERIOD).await;
        let seen = script.starts().len();
        if seen != begun {
            script.journal.fail(
                format_args!("{begun} runs in all, the future having been dropped at {dropped_at} ms"),
                format_args!("{seen} runs"),
            );
        }
    }
}

// --- Runs ---

/// A point of the grid every 100 ms.
const PERIOD: Duration = ms(100);

/// How long each run takes, and what became of it.
struct Script {
    durations: Vec<u64>,
    journal: Journal,
    began: Instant,
    /// What `job` was called with, and when: milliseconds since the script began.
    calls: RefCell<Vec<(usize, u64)>>,
}

impl Script {
    /// Runs of so many milliseconds each.
    fn new(durations: impl IntoIterator<Item = u64>) -> Self {
        let durations = durations.into_iter().collect();
        Self { durations, journal: Journal::new(), began: Instant::now(), calls: RefCell::default() }
    }

    /// Calls `run_every`. The runs borrow from the script, which threads may not share.
    async fn play(&self, period: Duration) -> Vec<Instant> {
        // Who never sleeps would otherwise keep the test busy until its time is up.
        self.play_within(5_000, period).await
    }

    /// The same, in so many polls at most.
    async fn play_within(&self, most: usize, period: Duration) -> Vec<Instant> {
        let mut call = pin!(run_every(period, self.durations.len(), |k| {
            // The run begins here, with the call, and not with the first poll.
            let span = self.journal.begin(format_args!("run {k}"));
            self.calls.borrow_mut().push((k, self.now()));
            async move {
                // A number that no script knows is reported by the test that looks at the numbers.
                sleep(ms(self.durations.get(k).copied().unwrap_or(30))).await;
                drop(span);
            }
        }));
        let mut polls = 0;
        poll_fn(|context| {
            polls += 1;
            if polls > most {
                self.journal.fail(
                    format_args!("a future that sleeps until there is something to do: {most} polls are plenty"),
                    format_args!("more than {most} polls by {} ms", self.now()),
                );
            }
            call.as_mut().poll(context)
        })
        .await
    }

    /// Milliseconds since the script began.
    fn now(&self) -> u64 {
        self.since_start(Instant::now())
    }

    fn since_start(&self, instant: Instant) -> u64 {
        u64::try_from(instant.saturating_duration_since(self.began).as_millis()).unwrap_or(u64::MAX)
    }

    fn numbers(&self) -> Vec<usize> {
        self.calls.borrow().iter().map(|(k, _)| *k).collect()
    }

    /// When runs began.
    fn starts(&self) -> Vec<u64> {
        self.calls.borrow().iter().map(|(_, start)| *start).collect()
    }

    /// The runs of this range began at these instants. `what` completes the sentence: `the first run begins`.
    fn expect_starts(&self, runs: Range<usize>, what: &str, wanted: impl IntoIterator<Item = u64>) {
        let wanted: Vec<u64> = wanted.into_iter().collect();
        let all = self.starts();
        if all.get(runs) != Some(&wanted[..]) {
            self.journal.fail(
                format_args!("{what}: {} ms", listed(&wanted)),
                format_args!("all runs begin at {} ms", listed(&all)),
            );
        }
    }
}

/// `0, 100, 450`
fn listed<T: std::fmt::Display>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}
