//! Schedules that failed, and what is said of those that did not.

use interleave_story::trace::{self, Ending, Holder, Step, Story, Wait};
use protocol::{Answer, Explored, Failure, Party};

use super::fixtures::*;
use super::{assert_fits, screen, stored, visible};
use crate::report::{Paint, Replay, frame, print_replay};
use crate::verdict::{TestOutcome, from_tests, without_model};

/// Two threads that both look before either acts.
fn check_then_act() -> Story {
    let steps = vec![
        step(0, hidden(31), "Scope::spawn", None),
        step(0, hidden(32), "Scope::spawn", None),
        step(1, learner(4, 27), "Mutex::lock", None),
        step(1, learner(4, 27), "unlock", None),
        Step { deviates: true, ..step(2, learner(4, 27), "Mutex::lock", None) },
        step(2, hidden(35), "AtomicUsize::fetch_add(1)", Some("0")),
        step(1, hidden(35), "AtomicUsize::fetch_add(1)", Some("1")),
        step(0, hidden(30), "end of thread::scope", None),
    ];
    let panic = trace::Panic { message: "expected calls of `init`: 1, seen 2".to_owned(), place: None };
    Story { parties: parties(3), steps, ending: Ending::Panicked { panic } }
}

/// Two threads that each wait for the other's lock.
fn two_orders() -> Story {
    let place = |line| Some(told(learner(line, 9)));
    let wait = |party, line, other, since| {
        let held_by = vec![Holder { party: other, since: place(since) }];
        Wait { party, place: place(line), operation: "Mutex::lock".to_owned(), held_by }
    };
    let steps = vec![
        step(1, learner(10, 9), "Mutex::lock", None),
        Step { deviates: true, ..step(2, learner(16, 9), "Mutex::lock", None) },
    ];
    let ending = Ending::Deadlocked { waits: vec![wait(1, 11, 2, 16), wait(2, 17, 1, 10)] };
    Story { parties: parties(3), steps, ending }
}

/// A thread that looks again for ever, after a long way.
fn polling(steps: u32) -> Story {
    let load = |at: u32| step(at % 2, learner(3 + at % 7, 5), "AtomicBool::load", Some("false"));
    let ending = Ending::Livelocked { repeats_from: Some(steps as usize - 2), waits: Vec::new() };
    Story { parties: parties(2), steps: (0..steps).map(load).collect(), ending }
}

fn parties(count: u32) -> Vec<trace::Party> {
    let name = |at| if at == 0 { "main".to_owned() } else { format!("thread {at}") };
    (0..count).map(|at| trace::Party { name: name(at), spawned_at: None, panicked: None }).collect()
}

fn step(party: u32, place: protocol::Place, operation: &str, value: Option<&str>) -> Step {
    let (operation, value) = (operation.to_owned(), value.map(str::to_owned));
    Step { party, place: Some(told(place)), operation, value, stale: None, deviates: false }
}

fn told(place: protocol::Place) -> trace::Place {
    trace::Place { file: place.file, line: place.line, column: place.column, called_from: None }
}

fn explored(answer: Answer, executions: u64, deviations: Option<u32>, story: Option<Story>) -> TestOutcome {
    let mut outcome = answered(&limit(), answer);
    outcome.explored = Some(Explored { executions, deviations, story });
    outcome
}

fn broken() -> Answer {
    let (expected, seen) = ("calls of `init`: 1".to_owned(), "2".to_owned());
    Answer::Failed { failure: Failure { expected, seen, panic: None }, picture: None }
}

fn deadlocked() -> Answer {
    let waits = vec![waiting(Party::Thread(1), 11, 9, "Mutex::lock"), waiting(Party::Thread(2), 17, 9, "Mutex::lock")];
    Answer::Deadlocked { waits, picture: None }
}

fn livelocked() -> Answer {
    Answer::Livelocked { waits: Vec::new(), wakeups: 0, picture: None }
}

fn passes(executions: u64, deviations: Option<u32>) -> TestOutcome {
    explored(Answer::Passed { picture: None }, executions, deviations, None)
}

fn replay(story: Story, seen: &str) -> Replay {
    let sources = [(learner(1, 1).file, TEXT.to_owned())].into();
    let promise = "`init` runs at most once for a missing key, whoever comes first.".to_owned();
    let story = story.with_test(&hidden(1).file);
    Replay { slug: "worker-pool".to_owned(), promise, seen: seen.to_owned(), story, sources }
}

#[test]
fn schedules_that_fail() {
    screen("schedule_check_then_act", &tell(vec![explored(broken(), 4, None, Some(check_then_act()))]));
    screen("schedule_deadlock", &tell(vec![explored(deadlocked(), 2, None, Some(two_orders()))]));
    screen("schedule_livelock", &tell(vec![explored(livelocked(), 1, None, Some(polling(60)))]));
}

#[test]
fn what_was_checked() {
    let outcome = |tests| from_tests(tests, Vec::new(), Vec::new());
    screen("schedules_all", &super::fixtures::told(&outcome(vec![passes(1200, None), passes(34, None)]), false));
    screen("schedules_some", &super::fixtures::told(&outcome(vec![passes(10_000, Some(4)), passes(34, None)]), false));
    let ordinary = outcome(vec![passed("Jobs start in the order of acceptance.")]);
    let why = "line 12: unresolved import `tokio`".to_owned();
    screen("schedules_none", &super::fixtures::told(&without_model(ordinary, Some(why)), false));
}

#[test]
fn a_replay_for_a_pipe_shows_every_step_with_its_line() {
    let mut out = Vec::new();
    print_replay(&mut out, &replay(check_then_act(), "expected calls of `init`: 1, seen 2"), Paint::new(false))
        .expect("memory can be written to");
    stored("replay_printed", &String::from_utf8(out).expect("a report is text"));
}

#[test]
fn a_replay_for_a_terminal_shows_the_step_its_code_and_the_columns() {
    let check = replay(check_then_act(), "expected calls of `init`: 1, seen 2");
    let shown = |replay: &Replay, at, width, height| {
        let screen = frame(replay, at, width, height, Paint::new(false));
        assert!(screen.len() <= height, "{} lines", screen.len());
        assert!(screen.iter().all(|line| line.chars().count() <= width), "{screen:#?}");
        screen.join("\n")
    };
    stored("replay_step", &shown(&check, 4, 80, 24));
    stored("replay_end", &shown(&check, 8, 80, 24));
    stored(
        "replay_deadlock_end",
        &shown(&replay(two_orders(), "deadlocked: nothing can ever happen again"), 2, 100, 30),
    );
    stored("replay_long", &shown(&replay(polling(60), "livelocked: it goes on and on"), 40, 80, 24));
    let coloured = frame(&check, 4, 80, 24, Paint::new(true)).join("\n");
    stored("replay_step_coloured", &visible(&coloured).1);
    assert_fits(&shown(&check, 4, 80, 24), "");
}
