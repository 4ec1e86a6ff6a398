//! Running cargo, once per verdict, and reading what it says.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::group::Group;
use super::message::Message;
use super::{Program, Progress, World};
use crate::stop::{self, Stop};

/// What cargo said, by program name.
#[derive(Debug, Default)]
pub struct Output {
    /// Programs that were built.
    pub executables: HashMap<String, PathBuf>,
    /// The compiler's messages.
    pub messages: HashMap<String, Vec<Message>>,
    /// Errors in what the programs are built with: the lab, a dependency, the linker.
    foreign: Vec<String>,
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerMessage {
        target: Target,
        message: Message,
    },
    CompilerArtifact {
        target: Target,
        executable: Option<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

enum News {
    Said(Line),
    Doing(Progress),
}

/// Variables that would change what is built, or where.
const REMOVED: [&str; 8] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_BUILD_DIR",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_TARGET_DIR",
    "CARGO_INCREMENTAL",
];

/// What is to be built, and where.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The bench's folder.
    pub bench: &'a Path,
    /// Cargo's target folder.
    pub target: &'a Path,
    /// The programs; all have tests for this world.
    pub programs: &'a [Program],
    /// The world they are built for.
    pub world: World,
    /// Keeps target names of different benches apart.
    pub suffix: &'a str,
}

/// Builds the programs; those that do not compile leave messages and no executable.
pub fn build(order: Order<'_>, stop: &Stop, progress: &mut dyn FnMut(Progress)) -> Result<Output> {
    let Order { bench, target, programs, world, suffix } = order;
    stop.check()?;
    let mut cargo = start(order)?;
    let (sender, news) = mpsc::channel();
    let (stdout, stderr) = (cargo.child.stdout.take(), cargo.child.stderr.take());
    let (mut output, complaints) = thread::scope(|scope| {
        let said = sender.clone();
        scope.spawn(move || read_messages(stdout, &said));
        let complaints = scope.spawn(move || read_steps(stderr, &sender));
        let mut output = Output::default();
        loop {
            match news.recv_timeout(stop::LOOK) {
                Ok(News::Said(line)) => sort_in(line, &order, &mut output),
                Ok(News::Doing(step)) => progress(step),
                Err(RecvTimeoutError::Timeout) if stop.is_asked() => cargo.end(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        (output, complaints.join().unwrap_or_default())
    });
    let status = cargo.child.wait().context("cannot wait for cargo")?;
    if stop.is_asked() {
        cargo.end();
        stop.check()?;
    }
    if !status.success() && is_disk_full(&output, &complaints) {
        bail!("there is no room left on the disk for what is built in {}", target.display());
    }
    if !status.success() && !is_explained(&mut output, programs, |program| program.target(world, suffix), &complaints) {
        let details = output.foreign.first().map_or(complaints.as_str(), String::as_str);
        bail!("cargo could not build the bench in {}:\n{}", bench.display(), details.trim_end());
    }
    Ok(output)
}

fn start(order: Order<'_>) -> Result<Group> {
    let Order { bench, target, programs, world, suffix } = order;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command.current_dir(bench).args(["build", "--profile", "graded", "--keep-going"]);
    command.args(["--color", "never", "--message-format", "json-diagnostic-rendered-ansi"]);
    command.arg("--target-dir").arg(target).args(["--package", world.package()]);
    for program in programs {
        command.arg("--bin").arg(program.target(world, suffix));
    }
    for variable in REMOVED {
        command.env_remove(variable);
    }
    // Cargo counts what it compiles; nobody sees it count unless it is told to.
    command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "120");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Group::spawn(command).with_context(|| {
        format!("cannot start {}: is Rust installed (https://rustup.rs) and cargo in the PATH?", cargo.display())
    })
}

fn read_messages(stdout: Option<impl std::io::Read>, said: &mpsc::Sender<News>) {
    let Some(stdout) = stdout else { return };
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Ok(line) = serde_json::from_str(&line) {
            let _ = said.send(News::Said(line));
        }
    }
}

/// Passes on what cargo is doing, and keeps the rest in case it fails.
fn read_steps(stderr: Option<impl std::io::Read>, steps: &mpsc::Sender<News>) -> String {
    let Some(stderr) = stderr else { return String::new() };
    let mut rest = String::new();
    for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
        // The count is overwritten in place, over and over.
        for part in String::from_utf8_lossy(&line).split('\r') {
            let part = part.trim_start_matches("\u{1b}[K");
            match doing(part.trim()) {
                Some(step) => drop(steps.send(News::Doing(step))),
                None if part.trim().is_empty() => {}
                None => rest.extend([part, "\n"]),
            }
        }
    }
    rest
}

/// What a line of cargo's says about its progress.
fn doing(line: &str) -> Option<Progress> {
    // `Building [=======>      ] 31/48: tokio, futures-util`
    if let Some((_, count)) = line.strip_prefix("Building [").and_then(|bar| bar.split_once("] ")) {
        let (count, now) = count.split_once(": ").unwrap_or((count.trim_end_matches(':'), ""));
        let (done, total) = count.trim().split_once('/')?;
        return Some(Progress::Compiled { done: done.parse().ok()?, total: total.parse().ok()?, now: now.to_owned() });
    }
    let verbs = ["Compiling", "Downloading", "Downloaded", "Updating", "Blocking"];
    verbs.iter().any(|verb| line.starts_with(verb)).then(|| Progress::Step(line.to_owned()))
}

fn sort_in(line: Line, order: &Order<'_>, output: &mut Output) {
    let is_named = |program: &Program, target: &Target| program.target(order.world, order.suffix) == target.name;
    let named = |target: &Target| order.programs.iter().find(|p| is_named(p, target)).map(|p| p.name.clone());
    match line {
        Line::CompilerMessage { target, message } => {
            if message.is_about_the_machine() {
                let remedy = "is a linker installed, which Rust needs, and is there room on the disk?";
                output.foreign.push(format!("{}: {remedy}", message.message));
            } else if let Some(name) = named(&target) {
                output.messages.entry(name).or_default().push(message);
            } else if message.is_error() {
                output.foreign.extend(message.rendered);
            }
        }
        Line::CompilerArtifact { target, executable: Some(path) } => {
            if let Some(name) = named(&target) {
                output.executables.insert(name, path);
            }
        }
        Line::CompilerArtifact { .. } | Line::Other => {}
    }
}

/// Whether learners' files are why cargo failed: every one that was not built must have an error to show for it.
/// One that broke the compiler down gets it here.
fn is_explained(
    output: &mut Output,
    programs: &[Program],
    target: impl Fn(&Program) -> String,
    complaints: &str,
) -> bool {
    let has_error = |output: &Output, name| output.messages.get(name).into_iter().flatten().any(Message::is_error);
    for program in programs.iter().filter(|program| !output.executables.contains_key(&program.name)) {
        if !has_error(output, &program.name) {
            if !broke_the_compiler_down(&target(program), complaints) {
                return false;
            }
            output.messages.entry(program.name.clone()).or_default().push(Message::broken_down());
        }
    }
    programs.iter().any(|program| has_error(output, &program.name))
}

/// Whether the compiler ended by a fault of its own over this target; the usual one is a stack overflow.
fn broke_the_compiler_down(target: &str, complaints: &str) -> bool {
    let about = complaints.split("error: could not compile ").find(|part| part.contains(&format!("(bin {target:?})")));
    let faults = ["SIGSEGV", "SIGBUS", "SIGABRT", "STATUS_STACK_OVERFLOW", "STATUS_ACCESS_VIOLATION"];
    about.is_some_and(|about| faults.iter().any(|fault| about.contains(fault)))
}

fn is_disk_full(output: &Output, complaints: &str) -> bool {
    let errors = output.messages.values().flatten().filter(|message| message.is_error() && message.spans.is_empty());
    let rendered = errors.filter_map(|error| error.rendered.as_ref()).chain(&output.foreign).map(String::as_str);
    rendered.chain([complaints]).any(|text| text.contains("No space left on device"))
}
