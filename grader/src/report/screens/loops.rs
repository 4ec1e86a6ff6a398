//! The screens of the loop, each in a terminal of 80 by 24 and one of 120 by 40, with and without colours.

use protocol::TestInfo;

use super::fixtures::{passed, *};
use super::{stored, visible};
use crate::catalog::Level;
use crate::progress::{Journey, Standing, Step};
use crate::report::{self, *};
use crate::verdict::{ExerciseOutcome, Verdict, does_not_compile, from_tests, not_started};

const SIZES: [(usize, usize); 2] = [(80, 24), (120, 40)];

/// Draws a screen four times and compares it with its snapshot. Nothing is wider than the terminal, and what leads out
/// is always there.
fn drawn(name: &str, keys: &[(&str, &str)], status: &str, body: impl Fn(usize, Paint) -> Vec<String>) {
    let mut all = String::new();
    for (width, height) in SIZES {
        for colour in [false, true] {
            let paint = Paint::new(colour);
            let body: Vec<String> = body(width, paint).iter().flat_map(|line| fold(line, width)).collect();
            let status = if status.is_empty() { String::new() } else { paint.notable(status) };
            let whole = Screen { lessons: &lessons(), body: &body, scroll: 0, stale: false, status: &status, keys };
            let lines = screen(&whole, width, height, paint);
            assert_eq!(lines.len(), height);
            all.push_str(&format!("--- {width} x {height}{}\n", if colour { ", in colour" } else { "" }));
            for line in &lines {
                let (columns, line) = visible(line);
                assert!(columns <= width, "{columns} columns: {line}");
                all.push_str(line.trim_end());
                all.push('\n');
            }
            let leads_out = keys.last().expect("there is a way out").1;
            assert!(lines.last().is_some_and(|line| line.contains(leads_out)), "{lines:?}");
        }
    }
    stored(&format!("loop_{name}"), &all);
}

fn lessons() -> Vec<Line> {
    use Verdict::{Failed, NotStarted, Passed};
    let line = |number: &str, verdicts: &[Verdict]| Line {
        number: number.to_owned(),
        title: String::new(),
        verdicts: verdicts.iter().copied().map(Some).collect(),
    };
    vec![line("1", &[Passed, Passed, Failed, NotStarted]), line("2", &[NotStarted; 2]), line("10", &[NotStarted])]
}

/// A way through an exercise.
fn way(verdicts: &[Verdict]) -> Journey {
    let mut journey = Journey::default();
    for (run, verdict) in verdicts.iter().enumerate() {
        let outcome = ExerciseOutcome { verdict: Some(*verdict), ..ExerciseOutcome::default() };
        journey.go(&Step::Ran(run.to_string(), Box::new(outcome)));
    }
    journey
}

fn entry(slug: &str, level: Level, verdict: Verdict, changed: bool, journey: Journey) -> Entry {
    let standing = Standing { verdict: Some(verdict), changed, missing: false, journey };
    Entry { slug: slug.to_owned(), level, standing, current: slug == "worker-pool" }
}

fn chapters() -> Vec<Chapter> {
    use Verdict::{Deadlocked, DoesNotCompile, Failed, NotStarted, Passed};
    let first = vec![
        entry("scoped-map", Level::WarmUp, Passed, false, way(&[Passed])),
        entry("thread-pool", Level::Core, Passed, true, way(&[Failed, Deadlocked, DoesNotCompile, Passed])),
        entry("worker-pool", Level::Stretch, Failed, false, way(&[Failed, Failed])),
        entry("blocking-pool", Level::Core, NotStarted, false, Journey::default()),
    ];
    let mut lost = entry("fan-in", Level::Core, NotStarted, false, Journey::default());
    lost.standing.missing = true;
    let chapter = |number: &str, title: &str, entries| Chapter { number: number.into(), title: title.into(), entries };
    vec![chapter("1", "Worker pools", first), chapter("2", "Fan-out and fan-in", vec![lost])]
}

fn about() -> About {
    let stub = "//! # `worker-pool`: a queue and its workers\n//!\n//! Makes a pool.\n//!\n//! # The contract\n//!\n\
                //! - **Limit.** Never more handlers at once than `workers`, whatever the jobs do, and however many of\n\
                //!   them there are.\n//!\n//! ```rust,ignore\n//! pool.submit(1).await;\n//! ```\n\npub fn new() {}\n";
    About {
        entry: chapters()[0].entries[2].clone(),
        chapter: "Worker pools".to_owned(),
        path: "exercises/01-worker-pools/src/worker_pool.rs".to_owned(),
        task: "Run jobs on a fixed number of tasks behind a bounded queue.".to_owned(),
        stub: stub.to_owned(),
    }
}

/// A story as the loop shows it.
fn lines_of(outcome: &ExerciseOutcome, paint: Paint) -> Vec<String> {
    told(outcome, paint.is_on()).lines().map(str::to_owned).collect()
}

fn over_the_limit() -> ExerciseOutcome {
    let told = failed(&limit(), "at most 3 handlers at the same time", "5, at 10 ms", Some(crowd()));
    from_tests(vec![told, passed("Results come in order.")], vec![], vec![])
}

#[test]
fn the_first_screen_explains_the_loop() {
    drawn("first", &KEYS, &compiled(MEANWHILE, 31, 48, "tokio, syn"), |width, paint| {
        let mut lines = welcome(paint);
        lines.extend(lines_of(&not_started(), paint));
        lines.push(String::new());
        lines.extend(untouched("Run jobs on a fixed number of tasks.", Some(46), width.min(WIDTH), paint));
        lines
    });
}

#[test]
fn a_verdict() {
    drawn("failed", &KEYS, "judged in 0.41 s", |_, paint| lines_of(&over_the_limit(), paint));
    let rendered = "\u{1b}[1m\u{1b}[91merror[E0308]\u{1b}[0m: mismatched types\n --> \
                    exercises/01-worker-pools/src/worker_pool.rs:31:16\n  |\n31 |         let next = receiver.lock();\
                    \n  |             ---- \u{1b}[91mthis binding is a guard, and what is expected here is the future \
                    that gives one when it is awaited\u{1b}[0m";
    let errors = does_not_compile(vec![
        diagnostic(Some(31), "mismatched types", rendered, true),
        diagnostic(Some(40), "unused", "", true),
    ]);
    drawn("does_not_compile", &KEYS, "judged in 0.12 s", |_, paint| lines_of(&errors, paint));
}

#[test]
fn a_long_verdict_says_how_much_of_it_is_below() {
    let tests = (0..12).map(|at| failed(&info(&format!("Promise {at} is kept."), &[], "Reading"), "1", "2", None));
    let outcome = from_tests(tests.collect(), vec![], vec![]);
    drawn("long", &KEYS, "", |_, paint| {
        let mut lines = lines_of(&outcome, paint);
        lines.extend((0..40).map(|line| format!("    and line {line}")));
        lines
    });
}

#[test]
fn a_pass_says_what_is_next() {
    let outcome = from_tests(vec![passed("Results come in order.")], vec![], vec![]);
    let way = way(&[Verdict::Failed, Verdict::Deadlocked, Verdict::DoesNotCompile, Verdict::Passed]);
    let entry = entry("worker-pool", Level::Stretch, Verdict::Passed, false, way);
    drawn("passed", &KEYS, "judged in 0.52 s", |_, paint| {
        let mut lines = lines_of(&outcome, paint);
        lines.extend(report::passed(&entry, Some("blocking-pool"), paint));
        lines
    });
}

#[test]
fn a_lesson_and_a_workbook_that_are_done() {
    drawn("lesson_done", &KEYS, "", |_, paint| lesson_done("Worker pools", "1", &chapters()[0].entries, paint));
    drawn("all_done", &KEYS, "", |_, paint| all_done(&chapters()[0].entries, paint));
}

#[test]
fn a_question_and_what_came_of_it() {
    let info: TestInfo = limit();
    let test = failed(&info, "at most 3 handlers at the same time", "5, at 10 ms", None);
    drawn("question", &KEYS, "judged in 0.41 s", |width, paint| {
        let mut lines = question(&test, width.min(WIDTH), paint);
        lines.extend(lines_of(&over_the_limit(), paint));
        lines
    });
    drawn("predicted", &KEYS, "", |_, paint| {
        let right = compared(Prediction::Same, Prediction::Same, paint);
        right.into_iter().chain(compared(Prediction::Kept, Prediction::Other, paint)).collect()
    });
}

#[test]
fn pages_to_read() {
    let hint = |rung: u32, more| Hint {
        slug: "worker-pool".to_owned(),
        rung,
        title: "Where to look in the picture".to_owned(),
        text: "Draw a vertical line anywhere: it cuts as many bars as handlers\nwere running.\n\n- One bar: `lock`.\n"
            .to_owned(),
        more,
    };
    drawn("hint", &PAGE_KEYS, "", |width, paint| report::hint(&hint(2, false), width, paint));
    drawn("last_hint_but_one", &PAGE_KEYS, "", |width, paint| report::hint(&hint(3, false), width, paint));
    drawn("contract", &PAGE_KEYS, "", |width, paint| show(&about(), width, paint));
    drawn("solution", &PAGE_KEYS, "", |_, paint| {
        solution(
            "worker-pool",
            Some("//! # The contract\n//!\n//! - Long.\n\nfn f() {\n    1\n}\n"),
            "//! # The contract\n//!\n//! - Short.\n\nfn f() {\n    2\n}\n",
            paint,
        )
    });
    drawn("help", &PAGE_KEYS, "", |_, _| HELP.map(str::to_owned).to_vec());
}

#[test]
fn things_to_choose() {
    drawn("list", &LIST_KEYS, "", |width, paint| choice(&chapters(), 2, width, paint));
    drawn("give_up", &SURE_KEYS, "", |_, paint| give_up("worker-pool", paint));
    drawn("reset", &SURE_KEYS, "", |_, paint| go_back("worker-pool", paint));
}

#[test]
fn while_something_else_is_judged_an_old_verdict_is_faint() {
    let paint = Paint::new(true);
    let body = lines_of(&over_the_limit(), paint);
    let whole = Screen { lessons: &[], body: &body, scroll: 0, stale: true, status: "compiling", keys: &KEYS };
    let lines = screen(&whole, 80, 24, paint);
    assert_eq!(lines[3], paint.faint("✗ worker-pool   At most `workers` handlers run at once"));
}

#[test]
fn a_low_and_narrow_terminal_shows_the_beginning_and_the_way_out() {
    let paint = Paint::new(false);
    let body = lines_of(&over_the_limit(), paint);
    let whole = Screen { lessons: &lessons(), body: &body, scroll: 0, stale: false, status: "", keys: &KEYS };
    let lines = screen(&whole, 30, 10, paint);
    assert_eq!((lines.len(), lines[3].as_str()), (10, "✗ worker-pool   At most `worke"));
    assert_eq!(lines[9], "n next  p previous  q quit");
}

#[test]
fn progress_of_a_build() {
    stored("loop_building", &compiled(ONCE, 31, 48, "tokio, syn"));
}
