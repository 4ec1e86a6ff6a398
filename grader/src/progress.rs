//! What is remembered: the last verdict of each of the learner's exercises.
//!
//! One file, `.workbook/progress.json`, written to a temporary name and renamed, under a lock, so that neither
//! Ctrl-C nor a second grader can leave half of it. A file that cannot be understood is kept aside and said so.

mod key;
mod store;

use std::path::PathBuf;

use anyhow::Result;

use crate::catalog::{Exercise, Workbook};
use crate::verdict::{ExerciseOutcome, Verdict};

pub use key::{Conditions, Key};
use store::{Record, Store};

/// What is remembered, and where; without a place, nothing is.
#[derive(Debug)]
pub struct Progress {
    folder: Option<PathBuf>,
    store: Store,
    news: Vec<(String, Record)>,
    /// What people should know about the file.
    pub warning: Option<String>,
}

impl Progress {
    /// Reads what is remembered about a workbook.
    pub fn load(workbook: &Workbook) -> Self {
        let folder = workbook.progress.clone();
        let (store, warning) = folder.as_deref().map_or_else(|| (Store::default(), None), store::load);
        Self { folder, store, news: Vec::new(), warning }
    }

    /// The verdict of the last time, if nothing it depends on has changed.
    pub fn remembered(&self, exercise: &Exercise, key: &Key) -> Option<ExerciseOutcome> {
        let record = self.store.exercises.get(&exercise.key())?;
        (record.key == *key).then(|| record.outcome.clone())
    }

    /// Remembers a verdict that may be used again; forgets the old one otherwise.
    pub fn remember(&mut self, exercise: &Exercise, key: &Key, outcome: &ExerciseOutcome) {
        let reusable = outcome.verdict.is_some_and(Verdict::is_reusable);
        let key = if reusable { key.clone() } else { Key::never() };
        self.news.push((exercise.key(), Record { key, outcome: outcome.clone() }));
    }

    /// Writes what is new. Other graders' news is kept.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&mut self) -> Result<()> {
        match &self.folder {
            Some(folder) if !self.news.is_empty() => store::merge(folder, std::mem::take(&mut self.news)),
            _ => Ok(()),
        }
    }
}
