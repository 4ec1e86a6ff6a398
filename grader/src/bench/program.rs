//! One program of the bench.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::catalog::{Exercise, Workbook, fingerprint};

/// A learner's file to be built with the hidden tests.
#[derive(Debug, Clone)]
pub struct Program {
    /// Unique in a run; a valid file name: `worker_pool`.
    pub name: String,
    /// The module the tests expect the file to be.
    pub module: String,
    /// The learner's file.
    pub source: PathBuf,
    /// Its text when it was read.
    pub text: String,
    /// The hidden tests.
    pub tests: PathBuf,
    /// Hidden tests for every schedule, where schedules matter.
    pub model: Option<PathBuf>,
    /// The untouched stub, to say what the contract asks for.
    pub stub: PathBuf,
    /// What the lesson gives to its exercises, as the module `given`.
    pub given: Option<PathBuf>,
}

/// In which world a program runs. The bench has a package for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// With std, tokio and everything else that learners may use.
    Real,
    /// With the model in place of std, and without what is not modelled.
    Model,
}

impl World {
    /// The name of the package.
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::Real => "bench",
            Self::Model => "model-bench",
        }
    }

    /// The package's folder in the bench.
    pub(super) fn folder(self, bench: &Path) -> PathBuf {
        match self {
            Self::Real => bench.to_owned(),
            Self::Model => bench.join("model"),
        }
    }
}

impl Program {
    /// A file that answers an exercise; its name is the exercise's until another is given.
    pub fn answering(workbook: &Workbook, exercise: &Exercise, source: PathBuf, text: String) -> Self {
        Self {
            name: exercise.module.clone(),
            module: exercise.module.clone(),
            source,
            text,
            tests: exercise.tests(),
            model: exercise.model(),
            stub: exercise.stub(),
            given: workbook.given(&exercise.lesson),
        }
    }

    /// The fingerprint of the text. It is compiled in, so that an answer tells which text it is about; cargo goes
    /// by modification times and would run an old program after `cp -p` or an unzip.
    pub fn fingerprint(&self) -> String {
        fingerprint((&self.text, &self.source))
    }

    /// The name of the Cargo target.
    pub(super) fn target(&self, world: World, suffix: &str) -> String {
        match world {
            World::Real => format!("{}-{suffix}", self.name),
            World::Model => format!("{}-model-{suffix}", self.name),
        }
    }

    /// The hidden tests of this world.
    pub(super) fn tests_in(&self, world: World) -> Option<&Path> {
        match world {
            World::Real => Some(&self.tests),
            World::Model => self.model.as_deref(),
        }
    }

    /// Writes the program's root file, unless it is there already.
    pub(super) fn write(&self, bench: &Path, world: World, suffix: &str) -> Result<()> {
        let Some(tests) = self.tests_in(world) else { return Ok(()) };
        let path = world.folder(bench).join("src/bin").join(self.target(world, suffix)).with_extension("rs");
        let fingerprint = fingerprint(
            fs::read_to_string(tests)
                .with_context(|| format!("cannot read the hidden tests in {}", tests.display()))?,
        );
        let text = self.root_file(world, tests, &fingerprint)?;
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return Ok(());
        }
        fs::write(&path, text).with_context(|| super::cannot_write(&path))
    }

    /// The tests come first: a macro that the learner's file exports by `macro_use` is visible only after it.
    /// Warnings stay warnings, whatever a user's flags say; which of them are told is decided in `diagnostics`. In
    /// the model nobody asks for them, and `thread_local!` has to be the model's.
    fn root_file(&self, world: World, tests: &Path, tests_fingerprint: &str) -> Result<String> {
        let source = literal(&self.source)?;
        let tests = literal(tests)?;
        let (module, fingerprint) = (&self.module, self.fingerprint());
        let given = match &self.given {
            Some(given) => format!("#[path = {}]\npub mod given;\n\n", literal(given)?),
            None => String::new(),
        };
        let head = match world {
            World::Real => "#![warn(warnings, let_underscore_lock)]\n",
            World::Model => "#![allow(warnings)]\n\n#[macro_use(thread_local)]\nextern crate std;\n",
        };
        Ok(format!(
            "// Written by the grader before every build. Tests: {tests_fingerprint}\n\
             {head}\n\
             {given}#[path = {tests}]\nmod tests;\n\n\
             #[path = {source}]\npub mod {module};\n\n\
             fn main() -> ::std::process::ExitCode {{\n    \
             ::lab::run::main(::lab::run::Source {{ path: {source}, fingerprint: \"{fingerprint}\" }})\n}}\n"
        ))
    }
}

/// A path as a Rust string literal.
fn literal(path: &Path) -> Result<String> {
    let text = path.to_str().with_context(|| {
        format!("the path {} is not Unicode text: the compiler cannot be given it; move the folder", path.display())
    })?;
    Ok(format!("{text:?}"))
}
