//! Files that change while they are graded.

use grader::event::Event;
use grader::verdict::Verdict;

use crate::support::{Folder, right_text};

fn wrong(number: usize) -> String {
    right_text("sync_answer").replace("42", &format!("{number} // not 42"))
}

#[test]
fn a_file_that_is_mended_during_the_build_passes() {
    let folder = Folder::new("mended");
    folder.put("sync_answer", wrong(0));
    let graded = folder.grade_and_listen("sync_answer", &mut |event| {
        if matches!(event, Event::Running { .. }) {
            folder.put("sync_answer", right_text("sync_answer"));
        }
    });
    assert_eq!(graded.outcome.verdict, Some(Verdict::Passed));
}

#[test]
fn a_file_that_is_spoilt_during_the_build_fails() {
    let folder = Folder::new("spoilt");
    folder.put("sync_answer", right_text("sync_answer"));
    let graded = folder.grade_and_listen("sync_answer", &mut |event| {
        if matches!(event, Event::Building { .. }) {
            folder.put("sync_answer", wrong(0));
        }
    });
    assert_eq!(graded.outcome.verdict, Some(Verdict::Failed));
}

#[test]
fn a_file_that_never_comes_to_rest_is_judged_all_the_same() {
    let folder = Folder::new("restless");
    folder.put("sync_answer", wrong(0));
    let mut changes = 0;
    let graded = folder.grade_and_listen("sync_answer", &mut |event| {
        if matches!(event, Event::Running { .. }) {
            changes += 1;
            folder.put("sync_answer", wrong(changes));
        }
    });
    assert_eq!((graded.outcome.verdict, changes), (Some(Verdict::Failed), 3));
}

#[test]
fn a_file_that_goes_away_during_the_build_is_not_started_the_next_time() {
    let folder = Folder::new("gone");
    folder.put("sync_answer", right_text("sync_answer"));
    folder.grade_and_listen("sync_answer", &mut |event| {
        if matches!(event, Event::Running { .. }) {
            std::fs::remove_file(folder.file("sync_answer")).expect("the file is there");
        }
    });
    assert_eq!(folder.grade("sync_answer").outcome.verdict, Some(Verdict::NotStarted));
}
