//! Proofs that need not be repeated: nothing they depend on has changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Claim;
use crate::bench::Program;
use crate::catalog::{Workbook, fingerprint};
use crate::progress::Conditions;

/// Fingerprints of what was proved. A build product: deleting it only costs time.
pub struct Memory {
    path: PathBuf,
    proved: BTreeSet<String>,
}

impl Memory {
    /// Reads what was proved before; nothing, if that cannot be read.
    pub fn load(workbook: &Workbook) -> Self {
        let path = workbook.target.join("proofs.json");
        let proved = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { path, proved }
    }

    /// The fingerprint of a program, its tests, its claim and everything around them.
    pub fn key(program: &Program, claim: &Claim, conditions: &Conditions) -> String {
        let read = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
        let around = [Some(&program.tests), program.model.as_ref(), program.given.as_ref()].map(|path| path.map(read));
        fingerprint((&program.text, &program.source, around, claim, conditions))
    }

    /// Whether this was proved before.
    pub fn has(&self, key: &str) -> bool {
        self.proved.contains(key)
    }

    /// Replaces everything by what is proved now: old proofs are of no use any more.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn replace(&mut self, proved: BTreeSet<String>) -> Result<()> {
        self.proved = proved;
        let text = serde_json::to_vec(&self.proved)?;
        fs::write(&self.path, text).with_context(|| format!("cannot write {}", self.path.display()))
    }
}
