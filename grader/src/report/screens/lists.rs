//! The overview, what to do next, the progress line, and what authors read.

use crate::author::Finding;
use crate::bench::Progress;
use crate::event::Event;
use crate::report::{Line, Overview, Paint, Status, laid_out, next, overview, proofs, totals};
use crate::verdict::Verdict;

use super::{assert_fits, screen, visible};

const PASSED: Option<Verdict> = Some(Verdict::Passed);
const OPEN: Option<Verdict> = Some(Verdict::NotStarted);

fn lessons(first: [Option<Verdict>; 4], second: [Option<Verdict>; 5]) -> Vec<Line> {
    let line = |number: &str, title: &str, verdicts: &[Option<Verdict>]| Line {
        number: number.to_owned(),
        title: title.to_owned(),
        verdicts: verdicts.to_vec(),
    };
    vec![
        line("1", "Worker pools", &first),
        line("4", "Cancellation, timeouts, deadlines, request scope", &second),
        line("10", "Scalable architectures", &[]),
    ]
}

fn shown(lines: &[Line], following: Option<&Overview>, colour: bool) -> String {
    let mut out = Vec::new();
    overview(&mut out, lines, Paint::new(colour)).expect("memory can be written to");
    out.push(b'\n');
    next(&mut out, following, Paint::new(colour)).expect("memory can be written to");
    String::from_utf8(out).expect("a report is text")
}

fn scoped_map() -> Overview {
    Overview {
        slug: "scoped-map".to_owned(),
        path: "exercises/01-worker-pools/src/scoped_map.rs".to_owned(),
        task: "Run one thread per item, on borrowed data, and return the results in order.".to_owned(),
    }
}

#[test]
fn the_overview() {
    screen("overview_fresh", &shown(&lessons([OPEN; 4], [OPEN; 5]), Some(&scoped_map()), false));
    let failed = Some(Verdict::Failed);
    let some = lessons([PASSED, failed, None, OPEN], [Some(Verdict::DoesNotCompile), OPEN, OPEN, OPEN, PASSED]);
    assert_eq!(totals(&some), (2, 9));
    let client = Overview {
        slug: "rate-limited-client".to_owned(),
        path: "exercises/07-rate-limiting/src/rate_limited_client.rs".to_owned(),
        task: "Call a service with a rate, a limit on concurrency, a timeout for every attempt, and cancellation."
            .to_owned(),
    };
    screen("overview_some", &shown(&some, Some(&client), false));
    screen("overview_done", &shown(&lessons([PASSED; 4], [PASSED; 5]), None, false));
    let coloured = shown(&some, Some(&scoped_map()), true);
    assert_fits(&coloured, "");
    super::stored("overview_in_colour", &visible(&coloured).1);
}

/// The events of a first run, and what the line says after each.
fn lines(terminal: bool) -> String {
    let step = |text: &str| Progress::Step(text.to_owned());
    let steps = [
        Progress::Waiting,
        step("Updating crates.io index"),
        step("Compiling tokio v1.54.1"),
        step("Compiling bench v0.0.0 (/home/me/workbook/target/grader/benches/exercises)"),
    ];
    let mut out = Vec::new();
    let mut status = Status::new(&mut out, terminal);
    for step in &steps {
        status.show(&Event::Building { exercises: 3, step });
    }
    let long = step(&format!("Compiling {}", "a-crate-with-a-long-name".repeat(4)));
    status.show(&Event::Building { exercises: 1, step: &long });
    status.show(&Event::Running { exercises: 1 });
    status.note("something only people at a terminal see");
    status.show(&Event::Running { exercises: 3 });
    status.say("note: something that stays");
    status.clear();
    String::from_utf8(out).expect("a status is text")
}

#[test]
fn the_progress_line() {
    super::stored("status_terminal", &lines(true).replace("\r\u{1b}[2K", "\n‹"));
    screen("status_file", &lines(false));
}

#[test]
fn what_authors_read() {
    let mut out = Vec::new();
    let files = ["exercises/03-pipelines/src/batch_stage.rs", "grader/hidden/03-pipelines/batch_stage/tests.rs"];
    laid_out(&mut out, "03-pipelines/batch-stage", &files.map(ToOwned::to_owned)).expect("memory can be written to");
    screen("author_new", &String::from_utf8(out).expect("a report is text"));
    let finding = |exercise: &str, file: &str, message: &str| Finding {
        exercise: exercise.to_owned(),
        file: file.to_owned(),
        message: message.to_owned(),
    };
    let findings = [
        finding(
            "01-worker-pools/worker-pool",
            "grader/hidden/01-worker-pools/worker_pool/wrong/m03_unbounded.rs",
            "`a_full_queue_makes_submit_wait` should find it failed, and finds it deadlocked (nothing can ever happen \
             again)",
        ),
        finding("01-worker-pools/worker-pool", "grader/hidden/01-worker-pools/worker_pool/hints.md", "cannot be read"),
        finding("03-pipelines/batch-stage", "solutions/03-pipelines/src/batch_stage.rs", "should be passed"),
    ];
    let report = |findings: &[Finding], programs, remembered| {
        let mut out = Vec::new();
        proofs(&mut out, 2, programs, remembered, findings, Paint::new(false)).expect("memory can be written to");
        String::from_utf8(out).expect("a report is text")
    };
    screen("author_check", &report(&findings, 412, 398));
    screen("author_check_fine", &report(&[], 1, 0));
}
