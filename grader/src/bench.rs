//! The bench: a Cargo package of the grader's own, with one program per exercise.
//!
//! A program is the learner's file and the hidden tests, both by `#[path]`, and a `main` of three lines. One
//! crate per exercise means one `rustc` run per verdict, that a compile error stays with its exercise, and that
//! messages name the learner's real path. It also grades anything: solutions, submissions, known wrong files.
//!
//! Every bench has a folder under `target/grader/benches/`; all share one target folder, so that tokio and the
//! lab are built once. In each bench there is a second package, the model bench: where schedules matter, the learner's
//! file is compiled there, too, with another `std`. A lock file in the folder keeps two graders from working in one bench at a time.

mod cargo;
mod contract;
mod diagnostics;
mod group;
mod manifest;
mod message;
mod program;

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::catalog::{Workbook, fingerprint};
use crate::stop::{self, Stop};

pub use manifest::options;
pub use program::{Program, World};

/// A folder in which programs are built.
#[derive(Debug)]
pub struct Bench {
    folder: PathBuf,
    target: PathBuf,
    /// Keeps program names of different benches apart in the shared target folder.
    suffix: String,
    /// Held for as long as the bench is in use.
    _lock: File,
}

/// What came of building.
#[derive(Debug, Default)]
pub struct Built {
    /// By [`Program::name`].
    pub executables: HashMap<String, PathBuf>,
    /// By [`Program::name`]; errors, and the warnings that matter here.
    pub diagnostics: HashMap<String, Vec<Diagnostic>>,
}

/// What came of building models.
#[derive(Debug, Default)]
pub struct Modelled {
    /// By [`Program::name`].
    pub executables: HashMap<String, PathBuf>,
    /// By [`Program::name`]: what is not modelled, as part of a sentence.
    pub missing: HashMap<String, String>,
}

/// A message of the compiler, in words for the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The line in the learner's file, if it is about one.
    pub line: Option<u32>,
    /// One line: the compiler's headline, or what the contract asks for.
    pub message: String,
    /// The whole message, with colours.
    pub rendered: String,
    /// An error; otherwise a warning.
    pub is_error: bool,
}

/// News while building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Another grader works in this bench; waiting for it.
    Waiting,
    /// Cargo does something: `Compiling tokio v1.54.1`.
    Step(String),
    /// How far cargo has come, where it takes long enough to ask.
    Compiled {
        /// Crates that are built, those of earlier times included.
        done: usize,
        /// Crates that are needed.
        total: usize,
        /// What is being compiled.
        now: String,
    },
}

impl Bench {
    /// Opens the bench for the files under `workbook.exercises`, waiting for other graders that use it.
    ///
    /// # Errors
    ///
    /// If its folder cannot be made or written; [`Stopped`](stop::Stopped).
    pub fn open(workbook: &Workbook, name: &str, stop: &Stop, progress: &mut dyn FnMut(Progress)) -> Result<Self> {
        let folder = workbook.target.join("benches").join(name);
        fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
        let lock = File::create(folder.join("lock")).with_context(|| cannot_write(&folder))?;
        if lock.try_lock().is_err() {
            progress(Progress::Waiting);
            wait_for(&lock, stop).with_context(|| format!("cannot lock {}", folder.display()))?;
        }
        manifest::write(workbook, &folder)?;
        Ok(Self { suffix: fingerprint(&folder), folder, target: workbook.target.join("build"), _lock: lock })
    }

    /// The name of the bench for the files under `workbook.exercises`.
    pub fn name_for(workbook: &Workbook) -> String {
        if workbook.progress.is_some() { "exercises".to_owned() } else { fingerprint(&workbook.exercises) }
    }

    /// Builds the programs with std, tokio and everything else that learners may use.
    ///
    /// # Errors
    ///
    /// If cargo cannot be run, or fails for another reason than the learner's code; [`Stopped`](stop::Stopped).
    pub fn build(&self, programs: &[Program], stop: &Stop, progress: &mut dyn FnMut(Progress)) -> Result<Built> {
        let output = self.order(programs, World::Real, stop, progress)?;
        Ok(diagnostics::translate(output, programs))
    }

    /// Builds those of the programs that have a model, with the model in place of std. One that does not compile there
    /// uses what is not modelled.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn build_models(
        &self,
        programs: &[Program],
        stop: &Stop,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Modelled> {
        let programs: Vec<Program> = programs.iter().filter(|program| program.model.is_some()).cloned().collect();
        if programs.is_empty() {
            return Ok(Modelled::default());
        }
        let output = self.order(&programs, World::Model, stop, progress)?;
        Ok(diagnostics::not_modelled(output, &programs))
    }

    fn order(
        &self,
        programs: &[Program],
        world: World,
        stop: &Stop,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<cargo::Output> {
        for program in programs {
            program.write(&self.folder, world, &self.suffix)?;
        }
        let order = cargo::Order { bench: &self.folder, target: &self.target, programs, world, suffix: &self.suffix };
        cargo::build(order, stop, progress)
    }
}

/// Waits for another grader to be done with the bench.
fn wait_for(lock: &File, stop: &Stop) -> Result<()> {
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => {
                stop.check()?;
                thread::sleep(stop::LOOK);
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

fn cannot_write(folder: &Path) -> String {
    format!("cannot write to {} (is the disk full, or the folder read-only?)", folder.display())
}
