//! Starting the subject and reading its answer.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use protocol::{Answer, Envelope, Listing, Request};

/// Far more than any of the subject's tests takes, unless it waits for its deadline.
const DEADLINE: Duration = Duration::from_secs(30);

/// What became of one test.
pub struct Run {
    /// Absent if the process ended without an answer.
    pub answer: Option<Answer>,
    /// From start to end.
    pub took: Duration,
}

/// Runs a test that ends before its deadline.
///
/// # Panics
///
/// If it does not end before, or without an answer.
pub fn answer(test: &str) -> Answer {
    let run = run(test, DEADLINE);
    assert!(run.took < DEADLINE / 2, "{test} took {:?}", run.took);
    run.answer.unwrap_or_else(|| panic!("{test} ended without an answer"))
}

/// Runs a test.
///
/// # Panics
///
/// If the channel holds anything but one answer or none.
pub fn run(test: &str, deadline: Duration) -> Run {
    let channel = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
    fs::write(&channel, "").unwrap();
    let request = Request {
        test: test.to_owned(),
        channel: channel.to_str().unwrap().to_owned(),
        nonce: format!("nonce of {test}"),
        deadline_ms: deadline.as_millis().try_into().unwrap(),
    };
    let start = Instant::now();
    let mut child = subject().stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", serde_json::to_string(&request).unwrap()).unwrap();
    child.wait().unwrap();
    let took = start.elapsed();
    let text = fs::read_to_string(&channel).unwrap();
    fs::remove_file(&channel).unwrap();
    let envelopes: Vec<Envelope> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(envelopes.iter().all(|envelope| envelope.nonce == request.nonce && envelope.source == "fingerprint"));
    assert!(envelopes.len() <= 1, "{test} answered {} times", envelopes.len());
    Run { answer: envelopes.into_iter().next().map(|envelope| envelope.answer), took }
}

/// The subject's tests.
pub fn listing() -> Listing {
    let output = subject().arg("--list").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn subject() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lab-subject"));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}
