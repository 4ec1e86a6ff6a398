//! Running one test in a process of its own, so that whatever it does ends there.
//!
//! Between the grader and a test stands a *cell*: the grader's own program, started again, which runs one test,
//! ends it at the deadline, ends everything it left behind, keeps a bounded part of its output and reports. Why
//! a process and not a few lines here: on Linux a cell is the subreaper of its test, so that even a child that
//! called `setsid` is found and belongs to this test and no other; limits are set on the cell and inherited, and
//! if the grader dies (Ctrl-C, `kill -9`), the cell notices and ends the test.
//!
//! What macOS and Windows cannot do: a child that left its process group (macOS) is not found there; memory is
//! not bounded on either.

mod capture;
pub mod cell;
mod limits;
#[cfg_attr(unix, path = "process/tree_unix.rs")]
#[cfg_attr(windows, path = "process/tree_windows.rs")]
mod tree;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use protocol::{Envelope, Listing, Request};
use serde::{Deserialize, Serialize};

pub use capture::Captured;

use crate::catalog::fingerprint;
use crate::stop::{self, Stop};

/// How a test's process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// By itself, with this exit code.
    Exited(i32),
    /// By a signal it did not catch.
    Signalled(i32),
    /// The cell ended it at the deadline.
    Deadline,
    /// The cell ended it because the grader went away.
    Abandoned,
    /// The cell itself was ended, or said nothing in time.
    CellLost,
}

/// What a cell reports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// How the process ended.
    pub ending: Ending,
    /// Processes of the test that were still alive when it had ended.
    pub strays: u32,
    /// Standard output.
    pub stdout: Captured,
    /// Standard error.
    pub stderr: Captured,
    /// From start to end.
    pub elapsed_ms: u64,
}

/// One run of one test: all there is to judge it by.
#[derive(Debug, Clone)]
pub struct TestRun {
    /// The cell's report.
    pub report: Report,
    /// What the test said over the verdict channel, with the right nonce.
    pub answers: Vec<Envelope>,
}

/// A program named no tests: it broke down before its `main`, in code that runs earlier or without memory.
#[derive(Debug)]
pub struct NotListed(pub Report);

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the program named no tests: {}", self.0.stderr.text())
    }
}

impl std::error::Error for NotListed {}

/// Runs tests.
#[derive(Debug, Clone)]
pub struct Runner {
    /// The grader's own program.
    pub cell: PathBuf,
    /// A folder for verdict channels.
    pub scratch: PathBuf,
    /// Wall-clock limit per test.
    pub deadline: Duration,
    /// Ends whatever runs.
    pub stop: Stop,
}

/// Memory a test's process may have, where the system lets us say so. Threads' stacks count: 2 MiB each.
const MEMORY: u64 = 2 << 30;
/// An answer is a few lines and a picture. More than this is not read.
const ANSWER: u64 = 4 << 20;
/// How much longer than the deadline a cell may take before it is given up.
const CELL_PATIENCE: Duration = Duration::from_secs(5);
/// The limit for listing the tests of a program; code of the learner's that runs before `main` may hang.
const LISTING: Duration = Duration::from_secs(10);

impl Runner {
    /// The tests of a program, in source order.
    ///
    /// # Errors
    ///
    /// [`NotListed`] if the program names no tests; anything else is the grader's trouble.
    pub fn list(&self, program: &Path) -> Result<Listing> {
        let reports = self.in_cell(&cell::Request::listing(program, LISTING, MEMORY))?;
        let report = reports.into_iter().next().unwrap_or_else(Report::lost);
        match serde_json::from_str::<Listing>(&report.stdout.head) {
            Ok(listing) if !listing.tests.is_empty() => Ok(listing),
            _ => Err(NotListed(report).into()),
        }
    }

    /// Runs one test several times, in a process each, one after the other. After a run that had to be ended there
    /// are no more.
    ///
    /// # Errors
    ///
    /// If the grader cannot start processes or write to its scratch folder; [`Stopped`](stop::Stopped). Whatever the
    /// test does is no error.
    pub fn run(&self, program: &Path, test: &str, times: u32) -> Result<Vec<TestRun>> {
        let channel = self.new_channel()?;
        let request = Request {
            test: test.to_owned(),
            channel: channel.to_str().context("the workbook's path is not Unicode text")?.to_owned(),
            nonce: String::new(),
            deadline_ms: millis(self.deadline),
        };
        let requests: Vec<Request> = (0..times).map(|_| Request { nonce: nonce(), ..request.clone() }).collect();
        let reports = self.in_cell(&cell::Request::tests(program, &requests, self.deadline, MEMORY)?);
        let length = ANSWER * u64::from(times);
        let said = File::open(&channel).and_then(|file| io::read_to_string(file.take(length))).unwrap_or_default();
        let _ = fs::remove_file(&channel);
        let answers: Vec<Envelope> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let runs = reports?.into_iter().zip(&requests).map(|(report, request)| {
            let own = answers.iter().filter(|answer| answer.nonce == request.nonce);
            TestRun { report, answers: own.cloned().collect() }
        });
        Ok(runs.collect())
    }

    fn new_channel(&self) -> Result<PathBuf> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = self.scratch.join(format!("channel-{}-{number}", std::process::id()));
        fs::create_dir_all(&self.scratch)
            .and_then(|()| File::create(&path))
            .with_context(|| format!("cannot write to {}", self.scratch.display()))?;
        Ok(path)
    }

    /// Starts a cell and waits for its reports; there is at least one.
    fn in_cell(&self, request: &cell::Request) -> Result<Vec<Report>> {
        self.stop.check()?;
        let mut command = Command::new(&self.cell);
        command.arg(cell::ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Out of the terminal's reach: on Ctrl-C the grader goes, the cell sees it go and cleans up.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut cell =
            command.spawn().with_context(|| format!("cannot start {} again for a test", self.cell.display()))?;
        let mut lifeline = cell.stdin.take().context("a cell has a standard input")?;
        let mut line = serde_json::to_string(request)?;
        line.push('\n');
        let _ = lifeline.write_all(line.as_bytes());
        let stdout = cell.stdout.take().context("a cell has a standard output")?;
        let (sender, said) = mpsc::channel();
        thread::spawn(move || sender.send(io::read_to_string(stdout)));
        let until = Instant::now() + request.patience() + CELL_PATIENCE;
        let mut text = None;
        while text.is_none() && Instant::now() < until && !self.stop.is_asked() {
            text = match said.recv_timeout(stop::LOOK) {
                Err(RecvTimeoutError::Timeout) => None,
                heard => Some(heard.ok().and_then(Result::ok)),
            };
        }
        let text = text.flatten();
        // Without it the cell ends the test, and then itself.
        drop(lifeline);
        if self.stop.is_asked() {
            let _ = said.recv_timeout(CELL_PATIENCE);
        }
        if text.is_none() {
            let _ = cell.kill();
        }
        let _ = cell.wait();
        self.stop.check()?;
        let reports: Vec<Report> = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Ok(if reports.is_empty() { vec![Report::lost()] } else { reports })
    }
}

impl Report {
    fn lost() -> Self {
        let (stdout, stderr) = (Captured::default(), Captured::default());
        Self { ending: Ending::CellLost, strays: 0, stdout, stderr, elapsed_ms: 0 }
    }
}

/// Unlike any other; the standard library's hash keys are random.
fn nonce() -> String {
    use std::hash::{BuildHasher, RandomState};
    fingerprint((RandomState::new().hash_one(0), RandomState::new().hash_one(1)))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
