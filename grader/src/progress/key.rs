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
    /// The learner's text, its path, the hidden tests, the stub that messages quote, and the conditions.
    ///
    /// # Errors
    ///
    /// If the hidden tests or the stub cannot be read.
    pub fn of(workbook: &Workbook, exercise: &Exercise, text: &str, conditions: &Conditions) -> Result<Self> {
        let (tests, stub) = (read(&exercise.tests())?, read(&exercise.stub())?);
        let model = exercise.model().map(|path| read(&path)).transpose()?;
        let given = workbook.given(&exercise.lesson).map(|path| read(&path)).transpose()?;
        Ok(Self(fingerprint((text, &exercise.file, tests, model, given, stub, &conditions.0))))
    }

    /// Equal to no key that [`Key::of`] makes.
    pub fn never() -> Self {
        Self(String::new())
    }
}

/// What the verdicts of all exercises depend on.
#[derive(Debug, Hash)]
pub struct Conditions(String);

impl Conditions {
    /// The lab, the model, the grader, the bench's options, the lock file, the toolchain and the time limit.
    ///
    /// # Errors
    ///
    /// If one of those cannot be read.
    pub fn of(workbook: &Workbook, runner: &Runner) -> Result<Self> {
        let toolchain = fs::read_to_string(workbook.root.join("rust-toolchain.toml")).unwrap_or_default();
        let another = std::env::var("RUSTUP_TOOLCHAIN").ok().filter(|named| !is_pinned(named, &toolchain));
        let mut parts = vec![bench::options(), read(&workbook.root.join("Cargo.lock"))?, toolchain];
        parts.extend(another);
        for folder in ["grader/lab", "grader/model", "grader/protocol"] {
            sources(&workbook.root.join(folder), &mut parts)?;
        }
        let program = fs::metadata(&runner.cell).and_then(|it| Ok((it.len(), it.modified()?)));
        let program = program.with_context(|| format!("cannot look at {}", runner.cell.display()))?;
        Ok(Self(fingerprint((parts, program, runner.deadline))))
    }
}

/// Whether this toolchain, as rustup names it (`1.95.0-x86_64-unknown-linux-gnu`), is the one the workbook pins. Started
/// through cargo the grader is told the toolchain, started by itself it is not; that makes no difference then.
fn is_pinned(toolchain: &str, toolchain_file: &str) -> bool {
    let channel = toolchain.split('-').next().unwrap_or_default();
    toolchain_file.contains(&format!("\"{channel}\""))
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Conditions, Key, is_pinned};
    use crate::catalog::scratch::Scratch;
    use crate::catalog::{Exercise, Level, Workbook};
    use crate::process::Runner;
    use crate::stop::Stop;

    /// A workbook with everything a key depends on.
    struct Fixture {
        scratch: Scratch,
        exercise: Exercise,
        runner: Runner,
    }

    impl Fixture {
        fn new() -> Self {
            let scratch = Scratch::new();
            for file in [
                "Cargo.lock",
                "rust-toolchain.toml",
                "grader/lab/src/gate.rs",
                "grader/model/std/src/lib.rs",
                "grader/protocol/src/lib.rs",
            ] {
                scratch.write(file, "as it was");
            }
            let cell = scratch.write("grader-program", "as it was");
            let hidden = scratch.path().join("hidden");
            scratch.write("hidden/tests.rs", "as it was");
            scratch.write("hidden/stub.rs", "as it was");
            let exercise = Exercise {
                lesson: "01-worker-pools".to_owned(),
                slug: "worker-pool".to_owned(),
                module: "worker_pool".to_owned(),
                level: Level::Core,
                task: String::new(),
                file: scratch.path().join("exercises/worker_pool.rs"),
                hidden,
            };
            let (scratch_folder, deadline) = (scratch.path().join("channels"), Duration::from_secs(10));
            let runner = Runner { cell, scratch: scratch_folder, deadline, stop: Stop::default() };
            Self { scratch, exercise, runner }
        }

        fn key(&self, text: &str) -> Key {
            let workbook = Workbook::at(self.scratch.path());
            let conditions = Conditions::of(&workbook, &self.runner).expect("everything is there");
            Key::of(&workbook, &self.exercise, text, &conditions).expect("everything is there")
        }
    }

    #[test]
    fn while_nothing_changes_the_key_stays() {
        let fixture = Fixture::new();
        let before = fixture.key("text");
        fixture.scratch.write("grader/lab/notes.txt", "no source of the lab's");
        fixture.scratch.write("book/src/a-chapter.md", "has no part in a verdict");
        assert_eq!(before, fixture.key("text"));
        assert_ne!(before, Key::never());
    }

    #[test]
    fn whatever_a_verdict_depends_on_changes_the_key() {
        let fixture = Fixture::new();
        let before = fixture.key("text");
        assert_ne!(before, fixture.key("another text"), "the learner's text");
        for file in [
            "hidden/tests.rs",
            "hidden/stub.rs",
            "Cargo.lock",
            "rust-toolchain.toml",
            "grader/lab/src/gate.rs",
            "grader/model/std/src/lib.rs",
            "grader/protocol/src/lib.rs",
            "grader-program",
        ] {
            fixture.scratch.write(file, "with another text");
            assert_ne!(before, fixture.key("text"), "{file}");
            fixture.scratch.write(file, "as it was");
        }
        fixture.scratch.write("grader/lab/src/new/module.rs", "");
        assert_ne!(before, fixture.key("text"), "a new file of the lab's");
    }

    #[test]
    fn the_time_limit_and_the_files_place_change_the_key() {
        let mut fixture = Fixture::new();
        let before = fixture.key("text");
        fixture.runner.deadline = Duration::from_secs(11);
        let slower = fixture.key("text");
        assert_ne!(before, slower);
        fixture.exercise.file.set_file_name("elsewhere.rs");
        assert_ne!(slower, fixture.key("text"));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let fixture = Fixture::new();
        let workbook = Workbook::at(fixture.scratch.path());
        std::fs::remove_file(fixture.scratch.path().join("Cargo.lock")).expect("it is there");
        let error = Conditions::of(&workbook, &fixture.runner).expect_err("the lock file is missing");
        assert!(format!("{error:#}").contains("Cargo.lock"), "{error:#}");
    }

    #[test]
    fn only_another_toolchain_than_the_pinned_one_matters() {
        let file = "[toolchain]\nchannel = \"1.95.0\"\n";
        assert!(is_pinned("1.95.0-x86_64-unknown-linux-gnu", file));
        assert!(!is_pinned("1.96.0-x86_64-unknown-linux-gnu", file));
        assert!(!is_pinned("nightly-x86_64-unknown-linux-gnu", file));
    }
}
