//! Running one test and telling the grader what became of it.
//!
//! The process is started without arguments and reads a [`Request`](protocol::Request) from standard input, or
//! with `--list` and prints the [`Listing`](protocol::Listing) of its tests.
//!
//! Three watchdogs turn a hang into an answer:
//!
//! - under the paused clock a virtual minute is over in microseconds once every task waits ([`tasks`]);
//! - on Linux a [`sentinel`] thread notices when every thread waits and nothing can wake any of them;
//! - the same thread answers shortly before the grader's deadline, with what is known by then.

mod body;
mod channel;
mod frames;
mod hang;
mod inquiry;
mod judge;
mod parent;
mod sentinel;
mod tasks;
pub(crate) mod threads;
mod waits;

use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::OnceLock;

use protocol::{Answer, Explored, Request};

use crate::registry::{self, Body};

/// The learner's file this program was built from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Its path as the compiler was given it; places in it are the learner's.
    pub path: &'static str,
    /// The fingerprint of the text that was compiled.
    pub fingerprint: &'static str,
}

static SOURCE: OnceLock<Source> = OnceLock::new();

/// The learner's file.
pub fn source() -> Source {
    SOURCE.get().copied().unwrap_or(Source { path: "", fingerprint: "" })
}

/// The `main` of every bench program.
pub fn main(source: Source) -> ExitCode {
    let _ = SOURCE.set(source);
    parent::end_with_it();
    if std::env::args().nth(1).as_deref() == Some("--list") {
        return list();
    }
    let mut line = String::new();
    let request = std::io::stdin().lock().read_line(&mut line).ok().and_then(|_| serde_json::from_str(&line).ok());
    let Some(request): Option<Request> = request else {
        eprintln!("This program is run by the grader: `cargo grader check`. It expects a request on standard input.");
        return ExitCode::from(2);
    };
    let Some(test) = registry::find(&request.test) else {
        eprintln!("No test is named {:?}.", request.test);
        return ExitCode::from(2);
    };
    if let Err(error) = channel::open(&request) {
        eprintln!("Cannot open the verdict channel {}: {error}", request.channel);
        return ExitCode::from(2);
    }
    crate::panics::install_hook();
    sentinel::start(request.deadline_ms, matches!(test.body, Body::Explored(_)));
    let (answer, explored) = run(test.body, test.promise);
    channel::send_and_exit(answer, explored)
}

/// Runs the body and judges what it left behind.
fn run(body: Body, promise: &str) -> (Answer, Option<Explored>) {
    let answer = match body {
        Body::PausedClock(make) => tasks::paused(make, promise),
        Body::RealClock(make) => tasks::real(make, promise),
        Body::Threads(test) => {
            let outcome = catch_unwind(AssertUnwindSafe(test));
            // Asked before the judgement: until they have ended, threads may still panic.
            let left = if outcome.is_ok() { judge::threads_left() } else { judge::Leftovers::default() };
            judge::judge(outcome, promise, || left)
        }
        Body::Explored(explore) => {
            let (answer, explored) = explore(promise);
            return (answer, Some(explored));
        }
    };
    (answer, None)
}

fn list() -> ExitCode {
    let written = serde_json::to_string(&registry::listing())
        .map_err(std::io::Error::from)
        .and_then(|text| std::io::stdout().lock().write_all(text.as_bytes()));
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
