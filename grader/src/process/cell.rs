//! The process around a test's process. Runs in a process of its own, see [`super`].

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use super::{Ending, Report, limits, millis, tree};

/// What the grader's program is started with to be a cell.
pub const ARGUMENT: &str = "run-in-cell";

/// After the end of the process its output is read for at most this long, whoever still holds the pipe.
const DRAIN: Duration = Duration::from_millis(100);

/// What a cell is asked to do; one line on its standard input. The cell ends the test when that input ends.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    program: PathBuf,
    arguments: Vec<String>,
    /// One run each.
    inputs: Vec<String>,
    deadline_ms: u64,
    memory: u64,
}

enum Event {
    Ended(std::io::Result<ExitStatus>),
    GraderGone,
}

impl Request {
    /// To list a program's tests.
    pub fn listing(program: &Path, deadline: Duration, memory: u64) -> Self {
        let (program, arguments) = (program.to_owned(), vec!["--list".to_owned()]);
        Self { program, arguments, inputs: vec![String::new()], deadline_ms: millis(deadline), memory }
    }

    /// To run a test once for every request.
    ///
    /// # Errors
    ///
    /// Never for requests made of text.
    pub fn tests(program: &Path, requests: &[protocol::Request], deadline: Duration, memory: u64) -> Result<Self> {
        let inputs = requests.iter().map(|request| Ok(serde_json::to_string(request)? + "\n"));
        let (program, inputs) = (program.to_owned(), inputs.collect::<Result<_>>()?);
        Ok(Self { program, arguments: Vec::new(), inputs, deadline_ms: millis(deadline), memory })
    }

    /// The longest that all runs together can take.
    pub fn patience(&self) -> Duration {
        self.deadline() * u32::try_from(self.inputs.len()).unwrap_or(u32::MAX)
    }

    /// The wall-clock limit of a run.
    fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }
}

/// The whole life of a cell.
pub fn main() -> ExitCode {
    let mut line = String::new();
    let request = std::io::stdin().lock().read_line(&mut line).ok().and_then(|_| serde_json::from_str(&line).ok());
    let Some(request): Option<Request> = request else {
        return ExitCode::from(2);
    };
    let reports = run_all(&request);
    let written = serde_json::to_vec(&reports).is_ok_and(|text| std::io::stdout().lock().write_all(&text).is_ok());
    if written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_all(request: &Request) -> Vec<Report> {
    tree::prepare();
    limits::set(request.memory);
    let (sender, events) = mpsc::channel();
    let grader_gone = sender.clone();
    thread::spawn(move || {
        let _ = std::io::stdin().lock().read_to_end(&mut Vec::new());
        let _ = grader_gone.send(Event::GraderGone);
    });
    let mut reports = Vec::new();
    for input in &request.inputs {
        let report = run(request, input, &sender, &events);
        let ended = matches!(report.ending, Ending::Exited(_) | Ending::Signalled(_));
        reports.push(report);
        // Who was ended may still be reported as such, and must not be taken for the next one.
        if !ended {
            break;
        }
    }
    reports
}

fn run(request: &Request, input: &str, sender: &mpsc::Sender<Event>, events: &mpsc::Receiver<Event>) -> Report {
    let started = Instant::now();
    let mut command = Command::new(&request.program);
    command.args(&request.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut tree = match tree::Tree::spawn(command) {
        Ok(tree) => tree,
        Err(error) => return Report { stderr: super::Captured::of(&error.to_string()), ..Report::lost() },
    };
    let (stdin, stdout, stderr) = tree.pipes();
    let (stdout, stderr) = (Capture::start(stdout), Capture::start(stderr));
    if let Some(mut stdin) = stdin {
        // A process that ends without reading is no error of ours.
        let _ = stdin.write_all(input.as_bytes());
    }
    let waiter = tree.waiter();
    let sender = sender.clone();
    thread::spawn(move || sender.send(Event::Ended(waiter.wait())));
    let event = events.recv_timeout(request.deadline());
    let elapsed_ms = millis(started.elapsed());
    let strays = tree.end(matches!(event, Ok(Event::Ended(_))));
    let ending = match event {
        Ok(Event::Ended(Ok(status))) => ending(status),
        Ok(Event::Ended(Err(_))) => Ending::CellLost,
        Ok(Event::GraderGone) => Ending::Abandoned,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ending::Deadline,
    };
    Report { ending, strays, stdout: stdout.finish(DRAIN), stderr: stderr.finish(DRAIN), elapsed_ms }
}

fn ending(status: ExitStatus) -> Ending {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ending::Signalled(signal);
    }
    Ending::Exited(status.code().unwrap_or(-1))
}
