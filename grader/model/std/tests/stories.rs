//! Stories as they are drawn.

use interleave::{Search, columns};

/// The story of the failing schedule, 80 characters wide.
fn story(scenario: fn()) -> String {
    let outcome = Search::new().run(scenario);
    let failed = outcome.failed().expect("a planted bug");
    let drawn = columns(failed.story.as_ref().expect("a deterministic body"), 80);
    assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
    drawn
}

#[test]
fn check_then_act_on_a_map() {
    insta::assert_snapshot!(story(cases::planted::scenario("a_bad1")));
}

#[test]
fn a_lost_wake_up() {
    insta::assert_snapshot!(story(cases::planted::scenario("d_bad1")));
}

#[test]
fn a_wake_up_for_one_where_two_wait() {
    insta::assert_snapshot!(story(cases::planted::scenario("f_bad2")));
}

#[test]
fn locks_in_two_orders() {
    insta::assert_snapshot!(story(cases::planted::scenario("b_bad1")));
}

#[test]
fn a_live_lock() {
    insta::assert_snapshot!(story(cases::features::polls_for_ever));
}

#[test]
fn a_thread_left_behind() {
    insta::assert_snapshot!(story(cases::features::leaves_a_thread_behind));
}

#[test]
fn a_panic_nobody_looked_at() {
    insta::assert_snapshot!(story(cases::features::panics_unseen));
}

#[test]
fn more_parties_than_columns() {
    insta::assert_snapshot!(story(cases::features::many_parties));
}

#[test]
fn a_value_that_is_not_there_yet() {
    insta::assert_snapshot!(story(cases::planted::scenario("e_relaxed")));
}

#[test]
fn a_message_read_too_early() {
    insta::assert_snapshot!(story(cases::litmus::told::reads_a_message_too_early));
}

#[test]
fn an_order_lost_on_the_way() {
    insta::assert_snapshot!(story(cases::litmus::told::hands_on_without_acquiring));
}

#[test]
fn two_flags_that_are_both_missed() {
    insta::assert_snapshot!(story(cases::litmus::told::misses_both_flags));
}

#[test]
fn a_fence_in_the_wrong_place() {
    insta::assert_snapshot!(story(cases::litmus::told::fences_too_late));
}

#[test]
fn a_count_that_hands_on_nothing() {
    insta::assert_snapshot!(story(cases::litmus::told::counts_up_without_a_message));
}
