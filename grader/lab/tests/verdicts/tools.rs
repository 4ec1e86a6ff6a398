//! The lab's tools. What they promise is written as hidden tests (`tests/subject/hidden/tools`); here they run.

use protocol::{Answer, Failure, Picture, Row, Unit};

use crate::process::{answer, listing};

/// The failure of a test that is broken on purpose, and its picture.
fn broken(test: &str) -> (Failure, Option<Picture>) {
    match answer(test) {
        Answer::Failed { failure, picture } => (failure, picture),
        other => panic!("{test}: {other:?}"),
    }
}

/// `job 1  0–20  the note`.
fn drawn(picture: Option<Picture>) -> Vec<String> {
    let bars = |row: &Row| {
        let bar = |bar: &protocol::Bar| {
            let end = bar.end.map(|end| end.to_string()).unwrap_or_default();
            format!("{}–{end}{}", bar.start, if bar.cancelled { " cut" } else { "" })
        };
        row.bars.iter().map(bar).collect::<Vec<_>>().join(", ")
    };
    let line = |row: &Row| [&row.label, &bars(row), row.note.as_deref().unwrap_or("")].join(" ").trim_end().to_owned();
    picture.map(|picture| picture.rows.iter().map(line).collect()).unwrap_or_default()
}

#[test]
fn every_tool_keeps_its_promises() {
    let tests = listing().tests;
    let tools = tests.iter().filter(|test| test.place.file.contains("tools") && !test.name.starts_with("broken_"));
    let failed: Vec<_> = tools
        .map(|test| (&test.name, answer(&test.name)))
        .filter(|(_, answer)| !matches!(answer, Answer::Passed { .. }))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn a_limit_is_drawn_with_the_row_that_breaks_it() {
    let (failure, picture) = broken("broken_too_many_at_once");
    assert_eq!(failure.seen, "2, at 0 ms");
    assert_eq!(drawn(picture), ["job 1 0–20", "job 2 0–30 number 2, while 1 was running", "job 3 20–40"]);
}

#[test]
fn an_order_is_drawn_with_the_first_that_is_out_of_it() {
    let (failure, picture) = broken("broken_wrong_order");
    assert!(failure.expected.ends_with("job 1, job 3, job 2"), "{failure:?}");
    assert_eq!(failure.seen, "job 1, job 2, job 3");
    assert_eq!(drawn(picture), ["job 1 0–20", "job 2 0–30 here job 3 was due", "job 3 20–40"]);
}

#[test]
fn other_promises_are_told_in_their_words() {
    assert_eq!(broken("broken_too_few_at_once").0.seen, "never more than 2");
    assert_eq!(broken("broken_too_late").0.seen, "finished at 40 ms");
    assert_eq!(broken("broken_still_going_on").0.seen, "1 still going on");
}

#[test]
fn without_a_clock_events_are_counted() {
    let (failure, picture) = broken("broken_without_a_clock");
    assert_eq!(failure.seen, "2");
    assert_eq!(picture.as_ref().map(|picture| picture.unit), Some(Unit::Steps));
    assert_eq!(drawn(picture), ["job 1 0–2", "job 2 1–3 number 2, while 1 was running"]);
}

#[test]
fn rows_are_labels_and_dropped_work_is_cut() {
    let Answer::Passed { picture } = answer("a_row_is_a_label") else { panic!() };
    assert_eq!(drawn(picture), ["tick 0–10, 11–21"]);
    let Answer::Passed { picture } = answer("dropped_work_is_cancelled") else { panic!() };
    assert_eq!(drawn(picture), ["cut 0–15 cut"]);
}

#[test]
fn panics_that_nobody_injected_or_caught_fail_the_test() {
    assert_eq!(broken("broken_promise_inside_catch").0.expected, "nothing to go wrong");
    assert!(broken("broken_by_a_panic_of_the_test").0.seen.contains("None"));
    assert_eq!(broken("broken_by_an_uncaught_injection").0.seen, "nobody catches this");
}
