//! Running cargo, once per verdict, and reading what it says.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Program, Progress};

/// What cargo said, by program name.
#[derive(Debug, Default)]
pub struct Output {
    /// Programs that were built.
    pub executables: HashMap<String, PathBuf>,
    /// The compiler's messages.
    pub messages: HashMap<String, Vec<Message>>,
}

/// A message of the compiler.
#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    /// The headline.
    pub message: String,
    /// `error`, `warning`, …
    pub level: String,
    /// `E0432`, or a lint's name.
    pub code: Option<Code>,
    /// Places.
    pub spans: Vec<Span>,
    /// As it would appear in a terminal, with colours.
    pub rendered: Option<String>,
}

/// The identity of a message.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// `E0432`.
    pub code: String,
}

/// A place a message is about.
#[derive(Debug, Clone, Deserialize)]
pub struct Span {
    /// As the compiler was given it.
    pub file_name: String,
    /// From 1.
    pub line_start: u32,
    /// The place, not a remark about another one.
    pub is_primary: bool,
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
    Step(String),
}

/// Variables that would change what is built, or where.
const REMOVED: [&str; 8] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_TARGET_DIR",
    "CARGO_INCREMENTAL",
    "CARGO_TERM_PROGRESS_WHEN",
];

/// Builds the programs; those that do not compile leave messages and no executable.
pub fn build(
    bench: &Path,
    target: &Path,
    programs: &[Program],
    suffix: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Output> {
    let mut child = start(bench, target, programs, suffix)?;
    let (sender, news) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let complaints = thread::scope(|scope| {
        let said = sender.clone();
        scope.spawn(move || read_messages(stdout, &said));
        let complaints = scope.spawn(move || read_steps(stderr, &sender));
        let mut output = Output::default();
        for news in news {
            match news {
                News::Said(line) => sort_in(line, programs, suffix, &mut output),
                News::Step(step) => progress(Progress::Step(step)),
            }
        }
        (output, complaints.join().unwrap_or_default())
    });
    let (output, complaints) = complaints;
    let status = child.wait().context("cannot wait for cargo")?;
    if !status.success() && !learners_fault(&output) {
        bail!("cargo could not build the bench in {}:\n{}", bench.display(), complaints.trim_end());
    }
    Ok(output)
}

fn start(bench: &Path, target: &Path, programs: &[Program], suffix: &str) -> Result<Child> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command.current_dir(bench).args(["build", "--profile", "graded", "--keep-going"]);
    command.args(["--color", "never", "--message-format", "json-diagnostic-rendered-ansi"]);
    command.arg("--target-dir").arg(target);
    for program in programs {
        command.arg("--bin").arg(program.target(suffix));
    }
    for variable in REMOVED {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().with_context(|| {
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
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let trimmed = line.trim_start();
        if ["Compiling", "Downloading", "Downloaded", "Updating", "Blocking"]
            .iter()
            .any(|verb| trimmed.starts_with(verb))
        {
            let _ = steps.send(News::Step(trimmed.to_owned()));
        } else {
            rest.push_str(&line);
            rest.push('\n');
        }
    }
    rest
}

fn sort_in(line: Line, programs: &[Program], suffix: &str, output: &mut Output) {
    let named = |target: &Target| programs.iter().find(|p| p.target(suffix) == target.name).map(|p| p.name.clone());
    match line {
        Line::CompilerMessage { target, message } => {
            if let Some(name) = named(&target) {
                output.messages.entry(name).or_default().push(message);
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

fn learners_fault(output: &Output) -> bool {
    output.messages.values().flatten().any(|message| message.level.starts_with("error"))
}
