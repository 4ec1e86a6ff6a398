//! What the screens are about: one learner's file, and everything that can become of it.

use std::collections::BTreeMap;

use protocol::{Answer, Bar, Envelope, Failure, Panic, Party, Picture, Place, Row, TestInfo, Unit, Waiting};

use crate::bench::Diagnostic;
use crate::catalog::diagnosis::Table;
use crate::process::{Captured, Ending, Report, TestRun};
use crate::report::{Paint, Subject, story};
use crate::verdict::diagnosis::{Pattern, diagnose};
use crate::verdict::{ExerciseOutcome, TestOutcome, from_tests, judge};

/// The learner's file.
pub const TEXT: &str = "\
//! A pool.

pub async fn worker(jobs: Jobs) {
    while let Some(job) = jobs.lock().await.recv().await {
        job.run().await;
    }
}

pub async fn join(workers: Vec<JoinHandle<()>>) {
    for worker in workers {
\t\tworker.await.expect(\"no handler panics\");
    }
}

pub fn spin(done: &AtomicBool) {
    while !done.load(Ordering::Acquire) { std::hint::spin_loop(); }
    let everything = results.iter().map(|result| result.lock().unwrap().take()).filter(Option::is_some).collect();
}
";

const FILE: &str = "/home/me/workbook/exercises/01-worker-pools/src/worker_pool.rs";
const TESTS: &str = "/home/me/workbook/grader/hidden/01-worker-pools/worker_pool/tests.rs";

/// A test with the promise it keeps people to.
pub fn info(promise: &str, rejects: &[&str], read: &str) -> TestInfo {
    TestInfo {
        name: promise.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_"),
        promise: promise.to_owned(),
        rejects: rejects.iter().map(ToString::to_string).collect(),
        read: read.to_owned(),
        place: Place { file: TESTS.to_owned(), line: 1, column: None },
    }
}

/// A test of most screens.
pub fn limit() -> TestInfo {
    info("At most `workers` handlers run at once.", &["M72"], "A permit is a value")
}

/// Another one.
pub fn closing() -> TestInfo {
    info("`join` waits for all accepted jobs.", &["M01", "M82", "M15"], "Closing by dropping")
}

/// A judged test that answered.
pub fn answered(info: &TestInfo, answer: Answer) -> TestOutcome {
    judged(info, Ending::Exited(0), Some(answer), "", 12)
}

/// A judged test whose process ended without an answer.
pub fn ended(ending: Ending, stderr: &str) -> TestOutcome {
    judged(&limit(), ending, None, stderr, 31)
}

/// A judged test.
pub fn judged(info: &TestInfo, ending: Ending, answer: Option<Answer>, stderr: &str, elapsed_ms: u64) -> TestOutcome {
    let envelope = |answer| Envelope { nonce: String::new(), source: String::new(), answer, explored: None };
    let (stdout, stderr) = (Captured::default(), Captured::of(stderr));
    let report = Report { ending, strays: 0, stdout, stderr, elapsed_ms };
    judge(info, &TestRun { report, answers: answer.map(envelope).into_iter().collect() }, TEXT)
}

/// A test that passed.
pub fn passed(promise: &str) -> TestOutcome {
    answered(&info(promise, &[], "From thread to task"), Answer::Passed { picture: None })
}

/// A test with a broken promise.
pub fn failed(info: &TestInfo, expected: &str, seen: &str, picture: Option<Picture>) -> TestOutcome {
    let failure = Failure { expected: expected.to_owned(), seen: seen.to_owned(), panic: None };
    answered(info, Answer::Failed { failure, picture })
}

/// A test that ran into `todo!()`.
pub fn todo(promise: &str, line: u32) -> TestOutcome {
    answered(&info(promise, &["M24"], "What a dead worker costs"), Answer::Todo { place: Some(learner(line, 5)) })
}

/// A test that met a panic.
pub fn panicked(expected: &str, seen: &str, message: &str, place: Place, elsewhere: bool) -> TestOutcome {
    let panic = Some(Panic { message: message.to_owned(), place, elsewhere });
    let failure = Failure { expected: expected.to_owned(), seen: seen.to_owned(), panic };
    answered(&limit(), Answer::Failed { failure, picture: None })
}

/// A place in the learner's file.
pub fn learner(line: u32, column: u32) -> Place {
    place(FILE, line, column)
}

/// A place in the hidden tests.
pub fn hidden(line: u32) -> Place {
    place(TESTS, line, 9)
}

/// A place anywhere.
pub fn place(file: &str, line: u32, column: u32) -> Place {
    Place { file: file.to_owned(), line, column: Some(column) }
}

/// A party that waits in the learner's file.
pub fn waiting(party: Party, line: u32, column: u32, on: &str) -> Waiting {
    Waiting { party, learner: Some(learner(line, column)), test: None, on: Some(on.to_owned()) }
}

/// A party that waits in the hidden tests.
pub fn waiting_in_test(party: Party, line: u32, on: &str) -> Waiting {
    Waiting { party, learner: None, test: Some(hidden(line)), on: Some(on.to_owned()) }
}

/// The usual idle pool: a task at `recv`, two behind it at the lock.
pub fn idle_pool() -> Vec<Waiting> {
    vec![
        waiting_in_test(Party::Test, 212, "oneshot::Receiver"),
        waiting(Party::Task(1), 4, 52, "mpsc::Receiver::recv"),
        waiting(Party::Task(2), 4, 39, "Mutex::lock"),
        waiting(Party::Task(3), 4, 39, "Mutex::lock"),
    ]
}

/// A picture in virtual milliseconds; each row is a label with `(start, end)`.
pub fn picture(end: u64, rows: Vec<Row>) -> Picture {
    Picture { unit: Unit::Milliseconds, end, rows }
}

/// A row of bars that came to their end.
pub fn row(label: &str, bars: &[(u64, u64)]) -> Row {
    let bar = |&(start, end): &(u64, u64)| Bar { start, end: Some(end), cancelled: false };
    Row { label: label.to_owned(), bars: bars.iter().map(bar).collect(), note: None }
}

/// The same with a remark.
pub fn noted(note: &str, row: Row) -> Row {
    Row { note: Some(note.to_owned()), ..row }
}

/// Five jobs where three are allowed.
pub fn crowd() -> Picture {
    let mut rows: Vec<Row> = (1..=3).map(|job| row(&format!("job {job}"), &[(0, 20)])).collect();
    rows.push(noted("number 4, while 3 were running", row("job 4", &[(10, 30)])));
    rows.push(row("job 5", &[(10, 30)]));
    picture(30, rows)
}

/// A message of the compiler.
pub fn diagnostic(line: Option<u32>, message: &str, rendered: &str, is_error: bool) -> Diagnostic {
    Diagnostic { line, message: message.to_owned(), rendered: rendered.to_owned(), is_error }
}

/// An error in the learner's file, as the compiler renders it.
pub const BORROWED: &str = "\
\u{1b}[1m\u{1b}[91merror[E0382]\u{1b}[0m\u{1b}[1m: use of moved value: `jobs`\u{1b}[0m
  \u{1b}[1m\u{1b}[94m--> \u{1b}[0m/home/me/workbook/exercises/01-worker-pools/src/worker_pool.rs:4:27
   \u{1b}[1m\u{1b}[94m|\u{1b}[0m
\u{1b}[1m\u{1b}[94m4\u{1b}[0m  \u{1b}[1m\u{1b}[94m|\u{1b}[0m     tokio::spawn(worker(jobs, Arc::clone(&handler), Arc::clone(&results), Arc::clone(&journal), done));
   \u{1b}[1m\u{1b}[94m|\u{1b}[0m                         \u{1b}[1m\u{1b}[91m^^^^\u{1b}[0m \u{1b}[1m\u{1b}[91mvalue moved here, in previous iteration of loop\u{1b}[0m

";

/// An error that stands in the hidden tests and has its cause in the learner's file.
pub const NOT_SEND: &str = "\
error: future cannot be sent between threads safely
  --> /home/me/workbook/grader/hidden/01-worker-pools/worker_pool/tests.rs:301:13
   |
note: future is not `Send` as this value is used across an await
  --> /home/me/workbook/exercises/01-worker-pools/src/worker_pool.rs:31:21
   |
30 |         let queue = self.queue.lock().unwrap();
   |             ----- has type `MutexGuard<'_, Queue<J>>` which is not `Send`
31 |         self.space.notified().await;
   |                               ^^^^^ await occurs here, with `queue` maybe used later
";

/// The learner's exercise after its tests, told without colours.
pub fn tell(tests: Vec<TestOutcome>) -> String {
    told(&from_tests(tests, Vec::new(), Vec::new()), false)
}

/// An exercise told.
pub fn told(outcome: &ExerciseOutcome, colour: bool) -> String {
    tell_of("exercises/01-worker-pools/src/worker_pool.rs", false, outcome, colour)
}

/// An exercise in another file told.
pub fn tell_of(path: &str, missing: bool, outcome: &ExerciseOutcome, colour: bool) -> String {
    let ideas = [
        ("M01", "A forgotten sender clone keeps the channel open"),
        ("M15", "`while let Ok(job) = rx.lock().unwrap().recv()` is a worker loop"),
        ("M24", "A panic only hurts its own job"),
        ("M72", "The permit is held because I acquired it"),
        ("M82", "Shutdown drops the queue, or waits for it for ever"),
    ];
    let ideas = BTreeMap::from(ideas.map(|(id, idea)| (id.to_owned(), idea.to_owned())));
    // No wrong solution is known here: what the tests reject has to do.
    let diagnosis = Pattern::of(outcome).map(|pattern| diagnose(&Table::default(), &pattern, &ideas));
    let diagnosis = diagnosis.unwrap_or_default();
    let subject = Subject {
        slug: "worker-pool",
        path: path.to_owned(),
        missing,
        chapter: "Worker pools",
        folder: None,
        diagnosis: &diagnosis,
    };
    let mut out = Vec::new();
    story(&mut out, &subject, outcome, Paint::new(colour)).expect("memory can be written to");
    String::from_utf8(out).expect("a report is text")
}
