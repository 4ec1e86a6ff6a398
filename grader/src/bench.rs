//! The bench: a Cargo package of the grader's own, with one program per exercise.
//!
//! A program is the learner's file and the hidden tests, both by `#[path]`, and a `main` of three lines. One
//! crate per exercise means one `rustc` run per verdict, that a compile error stays with its exercise, and that
//! messages name the learner's real path. It also grades anything: solutions, submissions, known wrong files.
//!
//! Every bench has a folder under `target/grader/benches/`; all share one target folder, so that tokio and the
//! lab are built once. A lock file in the folder keeps two graders from working in one bench at a time.

mod cargo;
mod contract;
mod diagnostics;
mod manifest;
mod program;

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::catalog::{Workbook, fingerprint};

pub use manifest::options;
pub use program::Program;

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
}

impl Bench {
    /// Opens the bench for the files under `workbook.exercises`, waiting for other graders that use it.
    ///
    /// # Errors
    ///
    /// If its folder cannot be made or written.
    pub fn open(workbook: &Workbook, name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Self> {
        let folder = workbook.target.join("benches").join(name);
        fs::create_dir_all(folder.join("src/bin")).with_context(|| cannot_write(&folder))?;
        let lock = File::create(folder.join("lock")).with_context(|| cannot_write(&folder))?;
        if lock.try_lock().is_err() {
            progress(Progress::Waiting);
            lock.lock().with_context(|| format!("cannot lock {}", folder.display()))?;
        }
        manifest::write(workbook, &folder)?;
        Ok(Self { suffix: fingerprint(&folder), folder, target: workbook.target.join("build"), _lock: lock })
    }

    /// The name of the bench for the files under `workbook.exercises`.
    pub fn name_for(workbook: &Workbook) -> String {
        if workbook.progress.is_some() { "exercises".to_owned() } else { fingerprint(&workbook.exercises) }
    }

    /// Builds the programs.
    ///
    /// # Errors
    ///
    /// If cargo cannot be run, or fails for another reason than the learner's code.
    pub fn build(&self, programs: &[Program], progress: &mut dyn FnMut(Progress)) -> Result<Built> {
        for program in programs {
            program.write(&self.folder, &self.suffix)?;
        }
        let built = cargo::build(&self.folder, &self.target, programs, &self.suffix, progress)?;
        Ok(diagnostics::translate(built, programs))
    }
}

fn cannot_write(folder: &Path) -> String {
    format!("cannot write to {} (is the disk full, or the folder read-only?)", folder.display())
}
