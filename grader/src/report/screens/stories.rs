//! A story for every verdict.

use protocol::{Answer, Party, Waiting};

use super::fixtures::*;
use super::{assert_fits, screen, stored, visible};
use crate::process::{Captured, Ending, Report};
use crate::verdict::{ExerciseOutcome, TestOutcome, Verdict};
use crate::verdict::{
    does_not_compile, from_tests, leftover, not_begun, not_started, repeated, single_file, unreadable,
};

fn some_passed() -> Vec<TestOutcome> {
    vec![passed("Jobs start in the order of acceptance."), passed("A dropped receiver harms nobody.")]
}

/// Two kept promises and this test.
fn beside(test: TestOutcome) -> String {
    let mut tests = some_passed();
    tests.push(test);
    tell(tests)
}

fn deadlocked(waits: Vec<Waiting>) -> Answer {
    Answer::Deadlocked { waits, picture: None }
}

#[test]
fn passed_exercises() {
    screen("passed", &tell(some_passed()));
    screen("passed_one", &tell(vec![passed("Jobs start in the order of acceptance.")]));
    let remark =
        "unused implementer of `Future` that must be used, which is what a pool of futures that nobody polls is";
    let remarks = vec![diagnostic(Some(31), remark, "", false), diagnostic(None, "no place", "", false)];
    screen("passed_with_remarks", &told(&from_tests(some_passed(), Vec::new(), remarks), false));
}

#[test]
fn nothing_to_judge() {
    screen("not_started", &told(&not_started(), false));
    let file = "exercises/01-worker-pools/src/worker_pool.rs";
    screen("missing", &tell_of(file, true, &not_started(), false));
    screen("not_started_every_test", &tell(vec![todo("A panic costs no worker.", 41), todo("Results in order.", 27)]));
    screen("unreadable", &told(&unreadable("Permission denied (os error 13)".to_owned()), false));
}

#[test]
fn what_the_compiler_says() {
    let error = diagnostic(Some(4), "use of moved value: `jobs`", BORROWED, true);
    let compile = |diagnostics| told(&does_not_compile(diagnostics), false);
    let text = compile(vec![error.clone()]);
    assert_fits(&text, &crate::report::text::without_colours(BORROWED));
    stored("does_not_compile", &text);
    let more = [9, 17].map(|line| diagnostic(Some(line), "cannot find value `x` in this scope", "", true));
    let warning = diagnostic(Some(3), "unused `Result` that must be used", "", false);
    let unplaced = diagnostic(None, "the contract asks for `join`, and the file does not offer it:", "", true);
    let all = [vec![unplaced, error], more.to_vec(), vec![warning]].concat();
    stored("does_not_compile_several", &compile(all));
    let utf8 = diagnostic(Some(7), "the file is not UTF-8 text: save it as UTF-8 in the editor", "", true);
    screen("does_not_compile_not_text", &compile(vec![utf8]));
    screen("does_not_compile_module", &told(&single_file(&[(2, "helper".to_owned())]), false));
}

#[test]
fn what_the_contract_asks_for() {
    let signature = "    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>>";
    let absent = format!("the contract asks for `submit`, and the file does not offer it:\n{signature}");
    let compile =
        |message: &str, rendered| told(&does_not_compile(vec![diagnostic(None, message, rendered, true)]), false);
    stored("contract_item_missing", &compile(&absent, "error: a place in the hidden tests only"));
    let unfit = format!(
        "`submit` cannot be used as the contract says (future cannot be sent between threads safely). \
         The contract asks for:\n{signature}"
    );
    stored("contract_not_send", &compile(&unfit, NOT_SEND));
}

#[test]
fn broken_promises() {
    screen("failed", &beside(failed(&limit(), "at most 3 handlers at the same time", "5, at 10 ms", Some(crowd()))));
    let numbers: Vec<u32> = (0..400).collect();
    let expected = format!("the results, in input order: {:?}", &numbers[..40]);
    screen("failed_long", &beside(failed(&closing(), &expected, &format!("{numbers:?}"), None)));
    let own = closing();
    screen("failed_plain", &beside(failed(&own, &own.promise, "2 of 8 jobs never ran", None)));
    let flaky = failed(&limit(), "at most 3 handlers at the same time", "5", None);
    screen("failed_sometimes", &beside(repeated(flaky, 11, 20)));
    let several = (1..=7).map(|n| {
        failed(
            &info(
                &format!(
                    "Promise number {n} of a long list of promises, with words enough to fill more than one line."
                ),
                &[],
                "Any",
            ),
            "so",
            "not so",
            None,
        )
    });
    let mut tests: Vec<TestOutcome> = several.collect();
    tests.insert(1, answered(&closing(), deadlocked(Vec::new())));
    tests.push(passed("The last one."));
    screen("failed_many", &tell(tests));
}

#[test]
fn panics_are_found_at_a_glance() {
    let promise = limit().promise;
    let message = "called `Option::unwrap()` on a `None` value";
    let seen = format!("a panic in your code: {message}");
    screen("panic", &beside(panicked(&promise, &seen, message, learner(4, 27), false)));
    let comparison = "assertion `left == right` failed: every job has a result\n  left: 7\n right: 8";
    let seen = format!("a panic in your code: {comparison}");
    screen("panic_elsewhere", &beside(panicked(&promise, &seen, comparison, learner(11, 16), true)));
    let awaited = panicked("4 handlers at the same time", "3", message, learner(4, 27), true);
    screen("panic_behind_a_hang", &beside(awaited));
    let refused = "called `Result::unwrap()` on an `Err` value: RecvError(())";
    screen("panic_in_the_test", &beside(panicked(&promise, refused, refused, hidden(88), false)));
    let tokio = "/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/tokio-1.54.1/src/runtime/handle.rs";
    let outside = "there is no reactor running, must be called from the context of a Tokio 1.x runtime";
    screen("panic_in_a_library", &beside(panicked(&promise, outside, outside, place(tokio, 12, 1), true)));
}

#[test]
fn hangs_show_who_waits_where() {
    screen("deadlocked", &beside(answered(&closing(), deadlocked(idle_pool()))));
    screen("deadlocked_elsewhere", &beside(answered(&closing(), deadlocked(Vec::new()))));
    let mut many: Vec<Waiting> =
        (1..=12).map(|task| waiting(Party::Task(task), 4, 52, "mpsc::Receiver::recv")).collect();
    many.push(Waiting { party: Party::Thread(1), learner: None, test: None, on: Some("Condvar::wait".to_owned()) });
    // Tabs count as one column; a long line is cut around its mark; a mark at the right edge is named at its left.
    many.push(waiting(Party::Test, 11, 10, "JoinHandle"));
    many.push(waiting(Party::Thread(2), 17, 57, "Mutex::lock"));
    many.push(waiting(Party::Thread(3), 17, 105, "Iterator::collect"));
    many.push(Waiting { learner: Some(learner(999, 1)), ..waiting(Party::Thread(4), 1, 1, "thread::scope") });
    screen("deadlocked_many", &beside(answered(&closing(), deadlocked(many))));
    let places = (1..=9).map(|line| waiting(Party::Task(line), line, 1, "Notified")).collect();
    screen("deadlocked_folded", &beside(answered(&closing(), deadlocked(places))));
    let livelocked = Answer::Livelocked {
        waits: vec![waiting(Party::Task(1), 5, 19, "time::sleep")],
        wakeups: 30_000,
        picture: None,
    };
    screen("livelocked", &beside(answered(&closing(), livelocked)));
}

#[test]
fn time_runs_out() {
    let runs = Waiting { on: None, ..waiting(Party::Thread(1), 16, 12, "") };
    let waits = vec![waiting_in_test(Party::Test, 97, "JoinHandle::join"), runs];
    let answer = Answer::TimedOut { waits, picture: Some(crowd()) };
    let slow = judged(&closing(), Ending::Exited(0), Some(answer), "", 9_812);
    screen("timed_out", &beside(slow.clone()));
    screen("timed_out_silent", &beside(judged(&closing(), Ending::Deadline, None, "", 10_004)));
    let virtually = answered(&closing(), Answer::TimedOut { waits: Vec::new(), picture: None });
    screen("timed_out_virtually", &beside(virtually));
    let left_out = vec![limit(), info("Results in order.", &[], "From thread to task")];
    screen("not_run", &told(&from_tests(vec![passed("The first."), slow.clone(), slow], left_out, Vec::new()), false));
}

#[test]
fn processes_end_badly() {
    screen("crashed_exit", &beside(ended(Ending::Exited(0), "")));
    screen("crashed_abort", &beside(ended(Ending::Signalled(6), "thread 'main' panicked\nfatal runtime error")));
    screen("crashed_stack", &beside(ended(Ending::Signalled(6), "thread 'main' (7) has overflowed its stack")));
    let report = Report {
        ending: Ending::Signalled(11),
        strays: 0,
        stdout: Captured::default(),
        stderr: Captured::default(),
        elapsed_ms: 2,
    };
    screen("crashed_at_once", &tell(vec![not_begun(&report)]));
    screen("crashed_memory", &beside(ended(Ending::Signalled(6), "memory allocation of 1073741824 bytes failed")));
}

#[test]
fn something_is_left_behind() {
    let waits =
        vec![waiting(Party::Task(1), 4, 52, "mpsc::Receiver::recv"), waiting(Party::Task(2), 4, 39, "Mutex::lock")];
    let tasks = Answer::Leaked { tasks: 2, threads: 0, waits, picture: None };
    screen("leaked_tasks", &beside(answered(&closing(), tasks)));
    let waits = vec![waiting(Party::Thread(1), 16, 12, "thread::park")];
    let threads = Answer::Leaked { tasks: 0, threads: 1, waits, picture: Some(crowd()) };
    screen("leaked_threads", &beside(answered(&closing(), threads)));
    let process = TestOutcome {
        verdict: Verdict::Leaked,
        seen: Some("1 process still running when the test had ended".to_owned()),
        ..passed("`join` leaves nothing behind.")
    };
    screen("leaked_processes", &beside(process));
}

#[test]
fn something_is_still_to_do() {
    let tests = [some_passed(), vec![todo("A panic costs no worker.", 41), todo("Results in order.", 27)]].concat();
    screen("todo", &tell(tests.clone()));
    let wrong = failed(&limit(), "at most 3 handlers at the same time", "5, at 10 ms", None);
    screen("todo_and_failed", &tell([tests, vec![wrong]].concat()));
    let hidden_place = answered(&limit(), Answer::Todo { place: None });
    screen("todo_somewhere", &beside(hidden_place));
    let complete = from_tests(some_passed(), Vec::new(), Vec::new());
    screen("leftover", &told(&leftover(complete, &[19, 23]), false));
}

#[test]
fn colours_say_the_same() {
    let mut outcome = from_tests(
        vec![
            passed("Jobs start in the order of acceptance."),
            failed(&limit(), "at most 3 handlers at the same time", "5, at 10 ms", Some(crowd())),
            answered(&closing(), deadlocked(idle_pool())),
        ],
        Vec::new(),
        Vec::new(),
    );
    let plain = told(&outcome, false);
    let coloured = told(&outcome, true);
    assert_eq!(crate::report::text::without_colours(&coloured), plain);
    stored("failed_in_colour", &visible(&coloured).1);
    outcome.tests.remove(1);
    stored("deadlocked_in_colour", &visible(&told(&outcome, true)).1);
    let panic = panicked("4 handlers", "3", "no", learner(4, 27), true);
    stored("panic_in_colour", &visible(&told(&from_tests(vec![panic], Vec::new(), Vec::new()), true)).1);
    stored("passed_in_colour", &visible(&told(&from_tests(some_passed(), Vec::new(), Vec::new()), true)).1);
    let error = does_not_compile(vec![diagnostic(Some(4), "use of moved value", BORROWED, true)]);
    stored("does_not_compile_in_colour", &visible(&told(&error, true)).1);
    stored("unreadable_in_colour", &visible(&told(&unreadable("it is a folder".to_owned()), true)).1);
}

/// Texts, columns and names of any length keep to the width.
#[test]
fn no_line_is_ever_too_long() {
    for length in (0..240).step_by(7) {
        let words = "words of a sentence ".repeat(length / 20 + 1);
        let long = "x".repeat(length);
        let on = format!("Receiver::{}", &long[..length.min(24)]);
        let test = info(&format!("{words}{long}."), &["M15", "M01", "M82"], &words);
        let mut outcome = failed(&test, &words, &format!("{long} {words}"), Some(crowd()));
        assert_fits(&tell(vec![outcome.clone(), outcome.clone()]), "");
        let column = u32::try_from(length).expect("a small number");
        outcome.waits = (1..=3)
            .map(|task| crate::verdict::Wait {
                who: format!("task {task}"),
                place: Some(learner(task, column)),
                code: Some(format!("{}{words}", " ".repeat(length % 9))),
                on: (length % 2 == 0).then(|| on.clone()),
            })
            .collect();
        assert_fits(&tell(vec![outcome]), "");
        let remark = vec![diagnostic(Some(3), &words, "", false)];
        assert_fits(
            &told(&ExerciseOutcome { diagnostics: remark, ..from_tests(some_passed(), vec![], vec![]) }, false),
            "",
        );
        assert_fits(&told(&does_not_compile(vec![diagnostic(None, &words, "", true)]), false), "");
        assert_fits(&told(&unreadable(words), false), "");
    }
}
