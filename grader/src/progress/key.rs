//! What a verdict depends on, as one fingerprint.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::bench;
use crate::catalog::{Exercise, Workbook, fingerprint};
use crate::process::Runner;

/// Equal keys mean: the same text under the same conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key(String);

impl Key {
    /// The learner's text, its path, the hidden tests, and the conditions.
    ///
    /// # Errors
    ///
    /// If the hidden tests cannot be read.
    pub fn of(exercise: &Exercise, text: &str, conditions: &Conditions) -> Result<Self> {
        let tests = read(&exercise.tests())?;
        Ok(Self(fingerprint((text, &exercise.file, tests, &conditions.0))))
    }

    /// Equal to no key that [`Key::of`] makes.
    pub fn never() -> Self {
        Self(String::new())
    }
}

/// What the verdicts of all exercises depend on.
#[derive(Debug)]
pub struct Conditions(String);

impl Conditions {
    /// The lab, the grader, the bench's options, the lock file, the toolchain and the time limit.
    ///
    /// # Errors
    ///
    /// If one of those cannot be read.
    pub fn of(workbook: &Workbook, runner: &Runner) -> Result<Self> {
        let mut parts = vec![bench::options(), read(&workbook.root.join("Cargo.lock"))?];
        parts.push(fs::read_to_string(workbook.root.join("rust-toolchain.toml")).unwrap_or_default());
        parts.push(std::env::var("RUSTUP_TOOLCHAIN").unwrap_or_default());
        for folder in ["grader/lab", "grader/protocol"] {
            sources(&workbook.root.join(folder), &mut parts)?;
        }
        let program = fs::metadata(&runner.cell).and_then(|it| Ok((it.len(), it.modified()?)));
        let program = program.with_context(|| format!("cannot look at {}", runner.cell.display()))?;
        Ok(Self(fingerprint((parts, program, runner.deadline))))
    }
}

/// All Rust and TOML files below a folder, with their paths.
fn sources(folder: &Path, parts: &mut Vec<String>) -> Result<()> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, parts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "toml") {
            parts.push(path.display().to_string());
            parts.push(read(&path)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
