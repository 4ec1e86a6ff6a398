//! Every schedule of the lesson's small programs: the repaired ones hold in all of them, the mistakes fail in one, and
//! the stories of most of those are in the chapter.

// ANCHOR: renamed
// In this crate, and in the lesson's files that it includes, `std` is the model.
extern crate std_model as std;
// ANCHOR_END: renamed

use std::collections::HashMap;
use std::fs;
use std::sync::{Mutex, RwLock};

use interleave::{Kind, Outcome, Search, columns};

#[path = "../src/account.rs"]
mod account;
#[path = "../src/bank.rs"]
mod bank;
#[path = "../src/drawers.rs"]
mod drawers;
#[path = "../src/library.rs"]
mod library;
#[path = "../src/position.rs"]
mod position;
#[path = "../src/quiz.rs"]
mod quiz;
#[path = "../src/record.rs"]
mod record;
#[path = "../src/thermometer.rs"]
mod thermometer;
#[path = "../src/votes.rs"]
mod votes;
#[path = "../src/waiting_room.rs"]
mod waiting_room;

use account::{Account, two_at_once};
use drawers::{swap, swap_and_swap_back, swap_as_named};
use position::Position;
use record::{Record, best_of_two};
use thermometer::{Thermometer, read_during_the_report};
use votes::{Votes, announce_during_a_vote};
use waiting_room::WaitingRoom;

/// No schedule of `body` fails.
#[track_caller]
fn holds(body: impl Fn() + Send + Sync + 'static) {
    let outcome = Search::new().run(body);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

/// Some schedule of `body` fails; returns how, and its story.
#[track_caller]
fn fails(body: impl Fn() + Send + Sync + 'static) -> (Kind, String) {
    let outcome = Search::new().run(body);
    let failed = outcome.failed().expect("a schedule that fails");
    let story = columns(failed.story.as_ref().expect("a body that does the same each time"), 80);
    println!("{story}");
    (failed.kind.clone(), story)
}

/// The chapter tells this story, word for word.
#[track_caller]
fn is_told(story: &str) {
    let chapter = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/06-races-deadlocks.md");
    let told = fs::read_to_string(chapter).expect("the chapter can be read");
    let story = story.trim_end();
    assert!(told.contains(story), "the chapter tells another story than this one:\n\n{story}\n");
}

#[test]
fn checked_and_taken_in_two_steps_is_taken_twice() {
    let (kind, story) = fails(|| two_at_once(Account::withdraw));
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

// ANCHOR: holds
#[test]
fn checked_and_taken_in_one_step_is_taken_once() {
    holds(|| two_at_once(Account::withdraw_in_one_step));
}
// ANCHOR_END: holds

#[test]
fn locks_in_the_order_of_the_arguments_are_a_deadlock() {
    let (kind, story) = fails(bank::there_and_back);
    assert_eq!(kind, Kind::Deadlocked);
    is_told(&story);
}

#[test]
fn a_temperature_published_with_release_and_read_with_acquire_is_never_old() {
    holds(|| read_during_the_report(Thermometer::report, Thermometer::read));
}

#[test]
fn a_temperature_published_without_an_order_may_be_old() {
    let (kind, story) = fails(|| read_during_the_report(Thermometer::report_relaxed, Thermometer::read_relaxed));
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn a_flag_does_not_make_two_words_one() {
    let (kind, story) = fails(position::look_while_it_sails);
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn nobody_knows_a_position_that_was_never_set() {
    holds(|| assert_eq!(Position::default().get(), None));
}

#[test]
fn one_word_is_never_torn() {
    holds(position::look_at_one_word);
}

#[test]
fn drawers_locked_by_address_are_swapped_in_both_directions() {
    holds(|| swap_and_swap_back(swap));
}

#[test]
fn drawers_locked_as_named_are_a_deadlock() {
    let (kind, _) = fails(|| swap_and_swap_back(swap_as_named));
    assert_eq!(kind, Kind::Deadlocked);
}

#[test]
fn one_drawer_named_twice_is_locked_once() {
    holds(|| {
        let drawer = Mutex::new(vec![1]);
        swap(&drawer, &drawer);
    });
}

#[test]
fn one_drawer_locked_twice_is_a_deadlock_without_anybody_else() {
    let (kind, story) = fails(|| {
        let drawer = Mutex::new(vec![1]);
        swap_as_named(&drawer, &drawer);
    });
    assert_eq!(kind, Kind::Deadlocked);
    is_told(&story);
}

fn first_nobody_is_ready(call: impl Fn(&WaitingRoom, fn(u32) -> bool) -> Option<u32>) {
    let room = WaitingRoom::default();
    room.enter(1);
    assert_eq!(call(&room, |_| false), None);
    assert_eq!(call(&room, |_| true), Some(1));
    assert_eq!(call(&room, |_| true), None);
}

#[test]
fn the_guard_in_the_head_of_an_if_let_is_there_for_the_body() {
    let (kind, story) = fails(|| first_nobody_is_ready(|room, is_ready| room.call(is_ready)));
    assert_eq!(kind, Kind::Deadlocked);
    is_told(&story);
}

#[test]
fn as_long_as_everybody_is_ready_nobody_notices() {
    holds(|| {
        let room = WaitingRoom::default();
        room.enter(1);
        assert_eq!(room.call(|_| true), Some(1));
    });
}

#[test]
fn a_statement_of_its_own_ends_the_guard() {
    holds(|| first_nobody_is_ready(|room, is_ready| room.call_from_a_statement(is_ready)));
}

#[test]
fn a_read_lock_does_not_become_a_write_lock() {
    let (kind, story) = fails(|| assert!(Record::default().offer_upgrading(10)));
    assert_eq!(kind, Kind::Deadlocked);
    assert!(story.contains("held by itself since"), "{story}");
}

#[test]
fn a_record_is_lost_in_the_gap_between_two_locks() {
    let (kind, story) = fails(|| best_of_two(Record::offer_with_a_gap));
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn who_looks_again_loses_no_record() {
    holds(|| best_of_two(Record::offer));
}

#[test]
fn a_writer_between_two_reads_is_a_deadlock() {
    let (kind, story) = fails(|| announce_during_a_vote(Votes::announce));
    assert_eq!(kind, Kind::Deadlocked);
    is_told(&story);
}

#[test]
fn two_reads_are_fine_as_long_as_nobody_writes() {
    holds(|| assert_eq!(Votes::default().announce(), "0 of 0 are for it"));
}

#[test]
fn one_read_is_enough_for_an_announcement() {
    holds(|| announce_during_a_vote(Votes::announce_with_one_read));
}

#[test]
fn the_sum_of_two_atomics_is_not_a_moment() {
    let (kind, story) = fails(library::count_while_lending);
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn under_one_lock_the_sum_is_always_right() {
    holds(library::count_under_one_lock);
}

#[test]
fn the_quiz_has_its_guard_in_the_head_of_a_match() {
    let (kind, _) = fails(|| quiz::remember(&RwLock::new(HashMap::new()), "lock"));
    assert_eq!(kind, Kind::Deadlocked);
    holds(|| quiz::remember(&RwLock::new(HashMap::from([("lock".to_string(), 1)])), "lock"));
}
