//! What a search claims, and what it does not.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cases::features;
use interleave::trace::Ending;
use interleave::{Failed, Kind, Outcome, Schedule, Search};

fn failure(outcome: &Outcome) -> &Failed {
    outcome.failed().unwrap_or_else(|| panic!("a failure was expected: {outcome:?}"))
}

fn ending(outcome: &Outcome) -> &Ending {
    &failure(outcome).story.as_ref().expect("a story").ending
}

#[test]
fn every_interleaving_is_run_exactly_once() {
    // The body and one thread, n steps each: (2n)! / n!². With two threads, of one step each, the body's second
    // spawn `s` and its first join `j` take part: s < b, s < m < j, a < j, counted by hand.
    for (threads, steps, interleavings) in [(0, 5, 1), (1, 1, 2), (1, 2, 6), (1, 3, 20), (1, 4, 70), (2, 1, 11)] {
        let outcome = Search::new().run(move || features::steps(threads, steps));
        assert_eq!(outcome, Outcome::AllChecked { executions: interleavings }, "{threads} threads, {steps} steps");
    }
}

#[test]
fn a_search_that_ends_at_a_limit_claims_no_more_than_it_did() {
    let body = || features::steps(1, 4);
    let by_deviations = Search::new().max_deviations(1).run(body);
    assert_eq!(by_deviations, Outcome::NoneUpTo { deviations: 1, executions: 5 });
    let by_executions = Search::new().max_executions(10).run(body);
    assert_eq!(by_executions, Outcome::NoneUpTo { deviations: 1, executions: 10 });
    let by_time = Search::new().max_time(Duration::ZERO).run(body);
    assert_eq!(by_time, Outcome::NoneUpTo { deviations: 0, executions: 1 });
}

#[test]
fn two_searches_find_the_same_and_a_replay_is_the_same_story() {
    let scenario = cases::planted::scenario("c_bad2");
    let first = Search::new().max_time(Duration::from_secs(60)).run(scenario);
    let second = Search::new().max_time(Duration::from_secs(60)).run(scenario);
    assert_eq!(first, second);
    let failed = failure(&first);
    assert_eq!(failed.story.as_ref(), Some(&Search::new().replay(&failed.schedule, scenario)));
}

#[test]
fn polling_for_ever_is_a_live_lock_and_the_repeating_part_is_short() {
    let outcome = Search::new().run(features::polls_for_ever);
    assert_eq!(failure(&outcome).kind, Kind::Livelocked);
    let story = failure(&outcome).story.as_ref().expect("a story");
    let Ending::Livelocked { repeats_from: Some(from), .. } = story.ending else { panic!("{:?}", story.ending) };
    assert!(story.steps.len() - from <= 4, "{:#?}", story.steps);

    let outcome = Search::new().run(features::sleeps_for_ever);
    assert_eq!(failure(&outcome).kind, Kind::Livelocked);
}

#[test]
fn polling_without_a_hint_is_no_live_lock() {
    let outcome = Search::new().max_executions(2_000).run(features::polls_without_a_hint);
    assert!(matches!(outcome, Outcome::NoneUpTo { .. }), "{outcome:?}");
}

#[test]
fn a_thread_left_behind_is_a_leak_unless_it_is_allowed() {
    let outcome = Search::new().run(features::leaves_a_thread_behind);
    assert_eq!(failure(&outcome).kind, Kind::Leaked);
    let Ending::Leaked { waits } = ending(&outcome) else { panic!("{outcome:?}") };
    assert_eq!((waits[0].party, waits[0].operation.as_str()), (1, "Receiver::recv"));

    let outcome = Search::new().allow_leftovers(true).run(features::leaves_a_thread_behind);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

#[test]
fn time_passes_only_while_nobody_can_run_unless_it_may() {
    let outcomes = |search: Search| {
        let mut seen = BTreeSet::new();
        let outcome = search.run_each(features::gives_up, |gave_up| {
            seen.insert(gave_up);
        });
        assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
        seen
    };
    assert_eq!(outcomes(Search::new()), BTreeSet::from([false]));
    assert_eq!(outcomes(Search::new().early_timeouts(true)), BTreeSet::from([false, true]));
}

#[test]
fn waits_end_for_no_reason_only_if_they_may() {
    let outcome = Search::new().run(features::waits_without_a_loop);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
    let outcome = Search::new().spurious_wakeups(true).run(features::waits_without_a_loop);
    assert!(matches!(failure(&outcome).kind, Kind::Panicked(_)), "{outcome:?}");
}

#[test]
fn surprises_come_to_an_end() {
    let outcome = Search::new().spurious_wakeups(true).run(features::waits_in_a_loop);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

#[test]
fn a_thread_that_may_stop_shows_who_waits_for_it() {
    fn may_stop(call: &mut dyn FnMut()) {
        interleave::may_stop(call);
    }
    let outcome = Search::new().run(|| features::stops_with_a_lock(may_stop));
    assert_eq!(failure(&outcome).kind, Kind::Deadlocked);
    let Ending::Deadlocked { waits } = ending(&outcome) else { panic!("{outcome:?}") };
    assert_eq!((waits.len(), waits[0].party, waits[0].held_by[0].party), (1, 0, 1), "the stopped one does not wait");
    let outcome = Search::new().run(|| features::stops_without_a_lock(may_stop));
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

#[test]
fn statics_begin_each_execution_as_they_began_the_first() {
    for _ in 0..2 {
        let outcome = Search::new().run(features::uses_statics);
        assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:#?}");
        let outcome = Search::new().run(features::deadlocks_on_statics);
        assert_eq!(failure(&outcome).kind, Kind::Deadlocked);
    }
}

#[test]
fn a_body_that_is_not_deterministic_is_said_to_be() {
    let outcome = Search::new().run(features::remembers_in_a_static);
    assert_eq!(failure(&outcome).kind, Kind::NotDeterministic);

    // Only some executions differ: the number of steps depends on how often the body ran.
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let outcome = Search::new().run(|| {
        let runs = RUNS.fetch_add(1, Ordering::SeqCst);
        features::steps(1, if runs == 5 { 1 } else { 3 });
    });
    assert_eq!(failure(&outcome).kind, Kind::NotDeterministic);
}

#[test]
fn a_story_knows_who_panicked_unseen_and_where_a_library_took_a_step() {
    let outcome = Search::new().run(features::panics_unseen);
    let story = failure(&outcome).story.as_ref().expect("a story");
    let doomed = &story.parties[1];
    assert_eq!(doomed.name, "doomed");
    assert_eq!(doomed.panicked.as_ref().expect("it panicked").message, "nobody joins me");
    let recv = story.steps.iter().find(|step| step.operation == "Receiver::recv").expect("it receives");
    assert_eq!(recv.place.as_ref().expect("a place").file_name(), "features.rs");
}

#[test]
fn a_deadlock_inside_a_destructor_that_runs_by_panic_is_a_deadlock() {
    let outcome = Search::new().run(features::panics_with_a_lock);
    assert_eq!(failure(&outcome).kind, Kind::Deadlocked);
    assert!(!std::thread::panicking());
}

#[test]
fn schedules_and_stories_are_data() {
    let outcome = Search::new().run(cases::planted::scenario("b_bad1"));
    let Failed { schedule, story, .. } = failure(&outcome);
    let text = serde_json::to_string(schedule).expect("json");
    assert_eq!(text, r#"{"deviations":[{"decision":1,"alternative":1}]}"#);
    assert_eq!(&serde_json::from_str::<Schedule>(&text).expect("a schedule"), schedule);
    let with_an_old_value = Search::new().run(cases::planted::scenario("e_relaxed"));
    for story in [story, &failure(&with_an_old_value).story] {
        let text = serde_json::to_string(story).expect("json");
        assert_eq!(&serde_json::from_str::<Option<interleave::trace::Story>>(&text).expect("a story"), story);
    }
}

#[test]
fn a_second_read_can_wait_for_a_writer_that_waits_for_the_first() {
    let outcome = Search::new().run(features::reads_twice);
    assert_eq!(failure(&outcome).kind, Kind::Deadlocked);
    let Ending::Deadlocked { waits } = ending(&outcome) else { panic!("{outcome:?}") };
    let operations: Vec<_> = waits.iter().map(|wait| wait.operation.as_str()).collect();
    assert_eq!(operations, ["RwLock::read", "RwLock::write"]);
}
