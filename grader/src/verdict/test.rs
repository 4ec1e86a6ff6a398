//! From one run of a test to its verdict.

use protocol::{Answer, Place, TestInfo, Waiting};

use super::{TestOutcome, Verdict, Wait};
use crate::process::{Ending, Report, TestRun};

/// Judges one run. `text` is the learner's file, to quote from.
pub fn judge(info: &TestInfo, run: &TestRun, text: &str) -> TestOutcome {
    let mut outcome = TestOutcome::blank(info, run.report.elapsed_ms);
    match run.answers.first().map(|envelope| envelope.answer.clone()) {
        Some(answer) => {
            take_answer(&mut outcome, answer, text);
            outcome.explored = run.answers.first().and_then(|envelope| envelope.explored.clone());
        }
        None => without_answer(&mut outcome, &run.report, "in the middle of the test"),
    }
    if outcome.verdict == Verdict::Passed && run.report.strays > 0 {
        outcome.verdict = Verdict::Leaked;
        outcome.seen = Some(format!("{} still running when the test had ended", processes(run.report.strays)));
    }
    outcome
}

/// A program that broke down before it could name its tests: one outcome in place of all of them.
pub fn not_begun(report: &Report) -> TestOutcome {
    let info = TestInfo {
        name: "the_program_begins".to_owned(),
        promise: "The program begins.".to_owned(),
        rejects: Vec::new(),
        read: String::new(),
        place: Place { file: String::new(), line: 0, column: None },
    };
    let mut outcome = TestOutcome::blank(&info, report.elapsed_ms);
    without_answer(&mut outcome, report, "before the first test");
    outcome
}

/// A test that was run several times and did not always answer the same: `passed` of `runs`.
pub fn repeated(mut outcome: TestOutcome, passed: u32, runs: u32) -> TestOutcome {
    if passed == runs || (passed == 0 && outcome.verdict != Verdict::Passed) {
        return outcome;
    }
    outcome.verdict = Verdict::Failed;
    let once = outcome.seen.take().map_or_else(String::new, |seen| format!("; when it did not: {seen}"));
    outcome.seen = Some(format!("passed {passed} of {runs} runs in fresh processes{once}"));
    outcome.expected = Some(format!("{}, every time", outcome.info.promise.trim_end_matches('.')));
    outcome
}

impl TestOutcome {
    /// A test that passed and says nothing.
    pub fn blank(info: &TestInfo, elapsed_ms: u64) -> Self {
        Self {
            info: info.clone(),
            verdict: Verdict::Passed,
            expected: None,
            seen: None,
            panic: None,
            todo: None,
            picture: None,
            waits: Vec::new(),
            explored: None,
            unmodelled: None,
            elapsed_ms,
        }
    }
}

fn take_answer(outcome: &mut TestOutcome, answer: Answer, text: &str) {
    let quote = |waits: Vec<Waiting>| waits.into_iter().map(|waiting| Wait::new(waiting, text)).collect();
    match answer {
        Answer::Passed { picture } => (outcome.verdict, outcome.picture) = (Verdict::Passed, picture),
        Answer::Failed { failure, picture } => {
            outcome.verdict = Verdict::Failed;
            (outcome.expected, outcome.seen) = (Some(failure.expected), Some(failure.seen));
            (outcome.panic, outcome.picture) = (failure.panic, picture);
        }
        Answer::Todo { place } => (outcome.verdict, outcome.todo) = (Verdict::Failed, Some(place)),
        Answer::NotModelled { why } => outcome.unmodelled = Some(why),
        Answer::Deadlocked { waits, picture } => {
            outcome.verdict = Verdict::Deadlocked;
            outcome.seen = Some("nothing can ever happen again".to_owned());
            (outcome.waits, outcome.picture) = (quote(waits), picture);
        }
        Answer::Livelocked { waits, wakeups, picture } => {
            outcome.verdict = Verdict::Livelocked;
            outcome.seen = Some(match wakeups {
                0 => "it goes on and on, though every thread gets its turn".to_owned(),
                _ => format!("{wakeups} wake-ups in half a virtual minute, and nothing got done"),
            });
            (outcome.waits, outcome.picture) = (quote(waits), picture);
        }
        Answer::TimedOut { waits, picture } => {
            outcome.verdict = Verdict::TimedOut;
            outcome.seen = Some("not finished when time was up".to_owned());
            (outcome.waits, outcome.picture) = (quote(waits), picture);
        }
        Answer::Leaked { tasks, threads, waits, picture } => {
            outcome.verdict = Verdict::Leaked;
            outcome.seen = Some(leaked(tasks, threads));
            (outcome.waits, outcome.picture) = (quote(waits), picture);
        }
    }
}

/// The process ended, and the test did not say how.
fn without_answer(outcome: &mut TestOutcome, report: &Report, when: &str) {
    let stderr = report.stderr.text();
    outcome.verdict = if report.ending == Ending::Deadline { Verdict::TimedOut } else { Verdict::Crashed };
    outcome.seen = Some(match report.ending {
        Ending::Deadline => "not finished when time was up".to_owned(),
        _ if stderr.contains("has overflowed its stack") => "stack overflow".to_owned(),
        _ if stderr.contains("memory allocation of") => "out of memory".to_owned(),
        Ending::Exited(code) => format!("the process exited (code {code}) {when}"),
        Ending::Signalled(signal) => format!("the process ended by {}", signal_name(signal)),
        Ending::Abandoned | Ending::CellLost => "the process was ended from outside".to_owned(),
    });
}

fn leaked(tasks: u32, threads: u32) -> String {
    let tasks = (tasks > 0).then(|| plural(tasks, "task"));
    let threads = (threads > 0).then(|| plural(threads, "thread"));
    let what: Vec<String> = [tasks, threads].into_iter().flatten().collect();
    format!("{} still alive when the test had ended", what.join(" and "))
}

fn processes(count: u32) -> String {
    if count == 1 { "1 process".to_owned() } else { format!("{count} processes") }
}

fn plural(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The signals a test's process is likely to end by; numbers are those of Linux and macOS alike.
fn signal_name(signal: i32) -> String {
    match signal {
        4 => "an illegal instruction (SIGILL)".to_owned(),
        6 => "an abort (SIGABRT)".to_owned(),
        8 => "an arithmetic fault (SIGFPE)".to_owned(),
        9 => "a kill (SIGKILL)".to_owned(),
        11 => "an invalid memory access (SIGSEGV)".to_owned(),
        15 => "a termination request (SIGTERM)".to_owned(),
        other => format!("signal {other}"),
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Answer, Envelope, Place, TestInfo};

    use super::{judge, repeated};
    use crate::process::{Captured, Ending, Report, TestRun};
    use crate::verdict::Verdict;

    fn info() -> TestInfo {
        let place = Place { file: "tests.rs".to_owned(), line: 1, column: None };
        let (name, promise, read) = ("results_come_in_order".to_owned(), "Results in order.".to_owned(), String::new());
        TestInfo { name, promise, rejects: vec![], read, place }
    }

    fn run(ending: Ending, answer: Option<Answer>, stderr: &str, strays: u32) -> TestRun {
        let (stdout, stderr) = (Captured::default(), Captured::of(stderr));
        let answers =
            answer.map(|answer| Envelope { nonce: String::new(), source: String::new(), answer, explored: None });
        TestRun {
            report: Report { ending, strays, stdout, stderr, elapsed_ms: 3 },
            answers: answers.into_iter().collect(),
        }
    }

    #[test]
    fn an_exit_without_an_answer_is_a_crash_whatever_the_code() {
        let outcome = judge(&info(), &run(Ending::Exited(0), None, "", 0), "");
        assert_eq!(outcome.verdict, Verdict::Crashed);
        assert_eq!(outcome.seen.as_deref(), Some("the process exited (code 0) in the middle of the test"));
    }

    #[test]
    fn a_stack_overflow_is_told_from_other_aborts() {
        let stderr = "\nthread 'main' (1) has overflowed its stack\nfatal runtime error: stack overflow";
        let outcome = judge(&info(), &run(Ending::Signalled(6), None, stderr, 0), "");
        assert_eq!((outcome.verdict, outcome.seen.as_deref()), (Verdict::Crashed, Some("stack overflow")));
    }

    #[test]
    fn a_pass_with_a_process_left_behind_is_a_leak() {
        let passed = Some(Answer::Passed { picture: None });
        assert_eq!(judge(&info(), &run(Ending::Exited(0), passed, "", 1), "").verdict, Verdict::Leaked);
    }

    #[test]
    fn a_test_that_sometimes_passes_has_failed_and_says_how_often() {
        let passed = judge(&info(), &run(Ending::Exited(0), Some(Answer::Passed { picture: None }), "", 0), "");
        let outcome = repeated(passed, 11, 20);
        assert_eq!(outcome.verdict, Verdict::Failed);
        assert_eq!(outcome.seen.as_deref(), Some("passed 11 of 20 runs in fresh processes"));
        assert_eq!(outcome.expected.as_deref(), Some("Results in order, every time"));
    }
}
