//! One program of the bench.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::catalog::fingerprint;

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
    /// The untouched stub, to say what the contract asks for.
    pub stub: PathBuf,
}

impl Program {
    /// The fingerprint of the text. It is compiled in, so that an answer tells which text it is about; cargo goes
    /// by modification times and would run an old program after `cp -p` or an unzip.
    pub fn fingerprint(&self) -> String {
        fingerprint((&self.text, &self.source))
    }

    /// The name of the Cargo target.
    pub(super) fn target(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.name)
    }

    /// Writes the program's root file, unless it is there already.
    pub(super) fn write(&self, bench: &Path, suffix: &str) -> Result<()> {
        let path = bench.join("src/bin").join(self.target(suffix)).with_extension("rs");
        let tests = fs::read_to_string(&self.tests)
            .with_context(|| format!("cannot read the hidden tests in {}", self.tests.display()))?;
        let text = self.root_file(&fingerprint(tests))?;
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return Ok(());
        }
        fs::write(&path, text).with_context(|| super::cannot_write(&path))
    }

    /// The tests come first: a macro that the learner's file exports by `macro_use` is visible only after it.
    /// Warnings stay warnings, whatever a user's flags say; which of them are told is decided in `diagnostics`.
    fn root_file(&self, tests_fingerprint: &str) -> Result<String> {
        let source = literal(&self.source)?;
        let tests = literal(&self.tests)?;
        let (module, fingerprint) = (&self.module, self.fingerprint());
        Ok(format!(
            "// Written by the grader before every build. Tests: {tests_fingerprint}\n\
             #![warn(warnings, let_underscore_lock)]\n\n\
             #[path = {tests}]\nmod tests;\n\n\
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
