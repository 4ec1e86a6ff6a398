//! Every schedule of the ferry: the right one crosses in all of them, and each mistake fails in one. The stories are in
//! the chapter.

// In this crate, and in the lesson's files that it includes, `std` is the model.
extern crate std_model as std;

use std::fs;

use interleave::{Kind, Outcome, Search, columns};

#[path = "../src/ferry.rs"]
mod ferry;

use ferry::{Ferry, an_ordinary_day, the_last_call};

/// No schedule of `body` fails, as far as there was time to look.
#[track_caller]
fn holds(body: impl Fn() + Send + Sync + 'static) {
    let outcome = Search::new().max_executions(20_000).run(body);
    assert!(matches!(outcome, Outcome::AllChecked { .. } | Outcome::NoneUpTo { deviations: 2.., .. }), "{outcome:?}");
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
    let chapter = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/08-backpressure.md");
    let told = fs::read_to_string(chapter).expect("the chapter can be read");
    let story = story.trim_end();
    assert!(told.contains(story), "the chapter tells another story than this one:\n\n{story}\n");
}

#[test]
fn everybody_gets_across() {
    holds(|| an_ordinary_day(1, 2, Ferry::board, Ferry::cross));
    holds(|| an_ordinary_day(2, 2, Ferry::board, Ferry::cross));
}

#[test]
fn four_cars_get_across_in_two_crossings() {
    holds(|| an_ordinary_day(2, 4, Ferry::board, Ferry::cross));
}

#[test]
fn a_car_that_looks_once_finds_room_that_is_gone() {
    let (kind, story) = fails(|| an_ordinary_day(1, 3, Ferry::board_after_one_look, Ferry::cross));
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn waking_one_leaves_a_place_empty_for_ever() {
    let (kind, story) = fails(|| an_ordinary_day(2, 4, Ferry::board, Ferry::cross_and_wake_one));
    assert_eq!(kind, Kind::Deadlocked);
    is_told(&story);
}

#[test]
fn after_the_last_call_who_is_aboard_gets_across() {
    holds(|| the_last_call(Ferry::close));
}

#[test]
fn a_last_call_that_the_captain_does_not_hear_leaves_him_on_the_bridge() {
    let (kind, _) = fails(|| the_last_call(Ferry::close_for_cars));
    assert_eq!(kind, Kind::Deadlocked);
}
