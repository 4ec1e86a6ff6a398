//! Every schedule of the savings: the total holds in all of them, the mistakes fail in one, and the chapter tells how.

// In this crate, and in the lesson's file that it includes, `std` is the model.
extern crate std_model as std;

use std::fs;
use std::thread;

use interleave::{Kind, Outcome, Search, columns};

#[path = "../src/savings.rs"]
mod savings;

use savings::{Savings, counted_while_moved};

/// Some schedule of `body` fails; returns how, and its story.
#[track_caller]
fn fails(body: impl Fn() + Send + Sync + 'static) -> (Kind, String) {
    let outcome = Search::new().run(body);
    let failed = outcome.failed().expect("a schedule that fails");
    let story = columns(failed.story.as_ref().expect("a body that does the same each time"), 80);
    println!("{story}");
    (failed.kind.clone(), story)
}

/// No schedule of `body` fails.
#[track_caller]
fn holds(body: impl Fn() + Send + Sync + 'static) {
    let outcome = Search::new().run(body);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

/// The chapter tells this story, word for word.
#[track_caller]
fn is_told(story: &str) {
    let chapter = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/10-architectures.md");
    let told = fs::read_to_string(chapter).expect("the chapter can be read");
    let story = story.trim_end();
    assert!(told.contains(story), "the chapter tells another story than this one:\n\n{story}\n");
}

#[test]
fn counted_one_by_one_there_is_money_that_never_was() {
    let (kind, story) = fails(|| counted_while_moved(Savings::total_one_by_one));
    assert!(matches!(kind, Kind::Panicked(_)), "{kind:?}");
    is_told(&story);
}

#[test]
fn counted_under_all_locks_the_total_is_right() {
    holds(|| counted_while_moved(Savings::total));
}

#[test]
fn locked_as_named_two_pairs_wait_for_each_other() {
    let (kind, _) = fails(|| {
        let savings = Savings::new(2, 1, 50);
        thread::scope(|scope| {
            scope.spawn(|| savings.level(0, 1));
            savings.level(1, 0);
        });
    });
    assert_eq!(kind, Kind::Deadlocked);
}

#[test]
fn two_accounts_in_one_drawer_are_one_lock() {
    let (kind, _) = fails(|| Savings::new(2, 2, 50).level(1, 3));
    assert_eq!(kind, Kind::Deadlocked);
}

#[test]
fn two_accounts_in_two_drawers_are_levelled() {
    holds(|| {
        let savings = Savings::new(2, 2, 50);
        savings.move_all();
        savings.level(0, 3);
        assert_eq!([savings.balance(0), savings.balance(3)], [50, 50]);
    });
}
