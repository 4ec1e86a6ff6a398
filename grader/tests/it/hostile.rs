//! Every hostile answer, built and run together with right ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use grader::session::{self, Options};
use grader::verdict::{ExerciseOutcome, Verdict};

#[cfg(target_os = "linux")]
use crate::support::processes;
use crate::support::{Fixture, fixtures, right, runner, workbook};

/// The outcomes by name. All programs are built in one go and run side by side.
static JUDGED: LazyLock<BTreeMap<String, ExerciseOutcome>> = LazyLock::new(judge);

const DEADLINE: Duration = Duration::from_secs(2);
/// So many hostile programs share a right one beside them.
const NEIGHBOURS: usize = 8;

fn judge() -> BTreeMap<String, ExerciseOutcome> {
    let modules = ["sync_answer", "async_answer", "double"].into_iter().cycle();
    let mut programs = Vec::new();
    for ((at, neighbours), module) in Fixture::all().chunks(NEIGHBOURS).enumerate().zip(modules) {
        programs.push(right(module, &format!("right_{at}")));
        programs.extend(neighbours.iter().map(Fixture::program));
    }
    let workbook = workbook(fixtures().join("hostile"));
    let options = Options { jobs: 2, all: false, again: false };
    let judged = session::judge(&workbook, programs, &runner(DEADLINE), &options, &mut |_| ());
    let judged = judged.expect("no learner's file keeps the grader from working");
    let count = judged.len();
    let by_name: BTreeMap<_, _> = judged.into_iter().map(|one| (one.program.name, one.outcome)).collect();
    assert_eq!(by_name.len(), count, "names of fixtures are unique");
    by_name
}

/// The outcome of the fixture with this name.
pub fn outcome(name: &str) -> &'static ExerciseOutcome {
    JUDGED.get(name).unwrap_or_else(|| panic!("there is no fixture {name}"))
}

/// What a person reads as seen.
fn seen(name: &str) -> &'static str {
    let problem = outcome(name).first_problem().unwrap_or_else(|| panic!("{name} has no problem"));
    problem.seen.as_deref().unwrap_or_default()
}

#[test]
fn every_hostile_answer_gets_the_verdict_its_first_line_names() {
    let mut wrong = Vec::new();
    for fixture in Fixture::all() {
        let outcome = outcome(&fixture.name);
        let verdict = outcome.verdict.map_or("none", Verdict::name);
        let elapsed: u64 = outcome.tests.iter().map(|test| test.elapsed_ms).sum();
        println!("{:<45} {verdict:<17} {elapsed} ms", fixture.name);
        if verdict != fixture.verdict {
            wrong.push(format!("{}: {verdict}, not {}", fixture.name, fixture.verdict));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn right_answers_pass_whatever_happens_beside_them() {
    let mut right = JUDGED.iter().filter(|(name, _)| name.starts_with("right_"));
    assert!(right.all(|(_, outcome)| outcome.verdict == Some(Verdict::Passed)));
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_is_left_running() {
    LazyLock::force(&JUDGED);
    for marker in ["sleep 98765.4321", "sleep 98765.4322"] {
        assert_eq!(processes::with(marker), [0_u32; 0], "{marker} was left running");
    }
    for fixture in Fixture::all() {
        let marker = format!("/graded/{}-", fixture.name);
        assert_eq!(processes::with(&marker), [0_u32; 0], "{} was left running", fixture.name);
    }
}

#[test]
fn an_exit_is_not_a_pass_whatever_was_printed() {
    for name in ["exits", "prints_success_and_exits"] {
        assert_eq!(seen(name), "the process exited (code 0) in the middle of the test");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_without_tests_is_not_a_pass() {
    assert_eq!(seen("lists_no_tests"), "the process exited (code 0) before the first test");
}

#[test]
#[cfg(unix)]
fn crashes_are_told_apart() {
    assert_eq!(seen("aborts"), "the process ended by an abort (SIGABRT)");
    assert_eq!(seen("panics_while_it_panics"), "the process ended by an abort (SIGABRT)");
    assert_eq!(seen("overflows_its_stack"), "stack overflow");
    assert_eq!(seen("refuses_all_memory"), "out of memory");
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded() {
    assert_eq!(seen("allocates_20_gib"), "out of memory");
    assert_eq!(seen("fills_memory"), "out of memory");
}

#[test]
fn a_panic_that_nobody_looks_at_is_seen() {
    for name in ["panics_on_another_thread", "panics_in_another_task"] {
        assert_eq!(seen(name), "a panic in your code: nobody will know");
    }
    assert_eq!(
        seen("replaces_the_panic_hook"),
        "the panic hook was replaced, so panics in other threads cannot be seen"
    );
}

#[test]
#[cfg(unix)]
fn a_process_left_behind_is_counted() {
    assert_eq!(seen("leaves_a_process"), "1 process still running when the test had ended");
    #[cfg(target_os = "linux")]
    assert_eq!(seen("leaves_a_process_in_a_session_of_its_own"), "1 process still running when the test had ended");
}

#[test]
#[cfg(target_os = "linux")]
fn a_thread_left_behind_is_counted() {
    for name in ["leaves_a_waiting_thread", "leaves_a_busy_thread"] {
        assert_eq!(seen(name), "1 thread still alive when the test had ended");
    }
}

#[test]
fn a_task_left_behind_is_counted() {
    assert_eq!(seen("leaves_a_task"), "1 task still alive when the test had ended");
}

#[test]
fn the_tests_assertions_are_their_own() {
    for name in ["exports_its_own_assert_eq", "lets_its_own_assert_eq_out"] {
        assert!(seen(name).contains("left: 41"), "{name}: {}", seen(name));
    }
}

#[test]
#[cfg(unix)]
fn a_closed_output_does_not_close_the_way_the_verdict_takes() {
    assert!(seen("closes_its_outputs").contains("left: 41"));
}

#[test]
fn something_still_to_do_is_never_a_pass_and_named_by_its_line() {
    assert_eq!(outcome("leaves_a_todo_where_no_test_goes").todos, [6]);
    assert_eq!(outcome("leaves_an_unimplemented_where_no_test_goes").todos, [6]);
    assert_eq!(outcome("leaves_the_large_numbers_to_do").todos, [7]);
}

#[test]
fn a_deadlock_is_known_long_before_the_deadline() {
    let mut at_once = vec!["tasks_wait_for_each_other"];
    if cfg!(target_os = "linux") {
        at_once.extend(["blocks_the_only_thread", "locks_a_mutex_twice", "locks_in_opposite_order"]);
        at_once.extend(["threads_wait_for_each_other", "waits_with_the_sender_in_hand"]);
    }
    for name in at_once {
        let elapsed = Duration::from_millis(outcome(name).tests[0].elapsed_ms);
        assert!(elapsed < DEADLINE * 3 / 4, "{name} took {elapsed:?}");
    }
}
