//! What is remembered: the last verdict of each of the learner's exercises, and the way there.
//!
//! One file, `.workbook/progress.json`, written to a temporary name and renamed, under a lock, so that neither
//! Ctrl-C nor a second grader can leave half of it. A file that cannot be understood is kept aside and said so.

mod journey;
mod key;
mod reset;
mod standing;
mod store;

use std::path::PathBuf;

use anyhow::Result;

use crate::catalog::{Exercise, Workbook};
use crate::verdict::{ExerciseOutcome, Verdict};

pub use journey::{Journey, RUNGS, STUCK, Step};
pub use key::{Conditions, Key};
pub use reset::{Reset, reset};
pub use standing::Standing;
use store::{Record, Store};

/// What is remembered, and where; without a place, nothing is.
#[derive(Debug)]
pub struct Progress {
    folder: Option<PathBuf>,
    /// Verdicts on files elsewhere are not the learner's.
    exercises: PathBuf,
    store: Store,
    news: Vec<News>,
    /// What people should know about the file.
    pub warning: Option<String>,
}

/// Something to be remembered.
#[derive(Debug, Clone)]
enum News {
    Judged(String, Box<Record>),
    Step(String, Step),
    At(String),
    Welcomed,
}

impl Progress {
    /// Reads what is remembered about a workbook.
    pub fn load(workbook: &Workbook) -> Self {
        let folder = workbook.progress.clone();
        let (store, warning) = folder.as_deref().map_or_else(|| (Store::default(), None), store::load);
        Self { folder, exercises: workbook.exercises.clone(), store, news: Vec::new(), warning }
    }

    /// The verdict of the last time, if nothing it depends on has changed.
    pub fn remembered(&self, exercise: &Exercise, key: &Key) -> Option<ExerciseOutcome> {
        let record = self.store.exercises.get(&exercise.key())?;
        (record.key == *key).then(|| record.outcome.clone())
    }

    /// Remembers a verdict that may be used again; forgets the old one otherwise.
    pub fn remember(&mut self, exercise: &Exercise, key: &Key, outcome: &ExerciseOutcome) {
        if !exercise.file.starts_with(&self.exercises) {
            return;
        }
        let reusable = outcome.verdict.is_some_and(Verdict::is_reusable);
        let key = if reusable { key.clone() } else { Key::never() };
        self.add(News::Judged(exercise.key(), Box::new(Record { key, outcome: outcome.clone() })));
    }

    /// Remembers a step on the way through an exercise.
    pub fn step(&mut self, exercise: &Exercise, step: Step) {
        if exercise.file.starts_with(&self.exercises) {
            self.add(News::Step(exercise.key(), step));
        }
    }

    /// The way through an exercise so far.
    pub fn journey(&self, exercise: &Exercise) -> Journey {
        self.store.journeys.get(&exercise.key()).cloned().unwrap_or_default()
    }

    /// Remembers that this exercise is being worked on.
    pub fn work_on(&mut self, exercise: &Exercise) {
        if self.store.current.as_ref() != Some(&exercise.key()) {
            self.add(News::At(exercise.key()));
        }
    }

    /// Whether this exercise was worked on last.
    pub fn is_current(&self, exercise: &Exercise) -> bool {
        self.store.current.as_ref() == Some(&exercise.key())
    }

    /// Whether the loop has to explain itself, which it does once.
    pub fn welcome(&mut self) -> bool {
        let first = !self.store.welcomed;
        if first {
            self.add(News::Welcomed);
        }
        first
    }

    fn add(&mut self, news: News) {
        self.store.take_in(&news);
        self.news.push(news);
    }

    /// Writes what is new. Other graders' news is kept.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&mut self) -> Result<()> {
        match &self.folder {
            Some(folder) if !self.news.is_empty() => store::merge(folder, &std::mem::take(&mut self.news)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Key, Progress};
    use crate::catalog::scratch::Scratch;
    use crate::catalog::{Exercise, Level, Workbook};
    use crate::verdict::{ExerciseOutcome, Verdict, not_started};

    fn exercise(file: &Path) -> Exercise {
        Exercise {
            lesson: "01-worker-pools".to_owned(),
            slug: "worker-pool".to_owned(),
            module: "worker_pool".to_owned(),
            level: Level::Core,
            task: String::new(),
            file: file.to_owned(),
            hidden: file.with_extension(""),
        }
    }

    /// An exercise of the workbook's own.
    fn own(workbook: &Workbook) -> Exercise {
        exercise(&workbook.exercises.join("01-worker-pools/src/worker_pool.rs"))
    }

    fn key(of: &str) -> Key {
        serde_json::from_value(of.into()).expect("a key is a text")
    }

    fn outcome(verdict: Verdict) -> ExerciseOutcome {
        ExerciseOutcome { verdict: Some(verdict), ..not_started() }
    }

    /// Remembers in one run of the grader.
    fn remember(workbook: &Workbook, exercise: &Exercise, key: &Key, verdict: Verdict) {
        let mut progress = Progress::load(workbook);
        progress.remember(exercise, key, &outcome(verdict));
        progress.save().expect("it can be written");
    }

    /// Recalls in another.
    fn recall(workbook: &Workbook, key: &Key) -> Option<Verdict> {
        Progress::load(workbook).remembered(&own(workbook), key)?.verdict
    }

    #[test]
    fn a_verdict_is_remembered_while_its_key_stays() {
        let scratch = Scratch::new();
        let workbook = Workbook::at(scratch.path());
        remember(&workbook, &own(&workbook), &key("one"), Verdict::Failed);
        assert_eq!(recall(&workbook, &key("one")), Some(Verdict::Failed));
        assert_eq!(recall(&workbook, &key("two")), None);
        remember(&workbook, &own(&workbook), &key("two"), Verdict::Passed);
        assert_eq!((recall(&workbook, &key("one")), recall(&workbook, &key("two"))), (None, Some(Verdict::Passed)));
    }

    #[test]
    fn what_a_busy_machine_may_have_caused_is_never_used_again() {
        for verdict in [Verdict::TimedOut, Verdict::Crashed, Verdict::Leaked] {
            let scratch = Scratch::new();
            let workbook = Workbook::at(scratch.path());
            remember(&workbook, &own(&workbook), &key("one"), Verdict::Passed);
            remember(&workbook, &own(&workbook), &key("one"), verdict);
            assert_eq!(recall(&workbook, &key("one")), None, "{}", verdict.name());
            assert_eq!(recall(&workbook, &Key::never()), Some(verdict), "it is still known what came last");
        }
        for verdict in [Verdict::DoesNotCompile, Verdict::Failed, Verdict::Deadlocked, Verdict::Livelocked] {
            assert!(verdict.is_reusable(), "{}", verdict.name());
        }
    }

    #[test]
    fn a_file_without_a_verdict_is_not_remembered_either() {
        let scratch = Scratch::new();
        let workbook = Workbook::at(scratch.path());
        let mut progress = Progress::load(&workbook);
        progress.remember(&own(&workbook), &key("one"), &ExerciseOutcome::default());
        progress.save().expect("it can be written");
        assert_eq!(recall(&workbook, &key("one")), None);
    }

    #[test]
    fn of_two_graders_the_one_that_saves_last_keeps_what_the_other_wrote() {
        let scratch = Scratch::new();
        let workbook = Workbook::at(scratch.path());
        let mut first = Progress::load(&workbook);
        let mut second = Progress::load(&workbook);
        let other = Exercise { slug: "thread-pool".to_owned(), ..own(&workbook) };
        first.remember(&other, &key("other"), &outcome(Verdict::Passed));
        second.remember(&own(&workbook), &key("one"), &outcome(Verdict::Failed));
        first.save().expect("it can be written");
        second.save().expect("it can be written");
        assert_eq!(recall(&workbook, &key("one")), Some(Verdict::Failed));
        let progress = Progress::load(&workbook);
        assert!(progress.remembered(&other, &key("other")).is_some());
    }

    #[test]
    fn only_the_learners_own_files_are_remembered() {
        let scratch = Scratch::new();
        let workbook = Workbook::at(scratch.path());
        let solution = exercise(&scratch.path().join("solutions/01-worker-pools/src/worker_pool.rs"));
        remember(&workbook, &solution, &key("one"), Verdict::Passed);
        assert_eq!(recall(&workbook, &key("one")), None);
        assert!(!scratch.path().join(".workbook").exists(), "nothing new, nothing written");
        let elsewhere = Workbook { progress: None, ..Workbook::at(scratch.path()) };
        remember(&elsewhere, &own(&elsewhere), &key("one"), Verdict::Passed);
        assert!(!scratch.path().join(".workbook").exists(), "nowhere to write");
    }

    #[test]
    fn a_damaged_file_is_said_once() {
        let scratch = Scratch::new();
        let workbook = Workbook::at(scratch.path());
        scratch.write(".workbook/progress.json", "{");
        let mut progress = Progress::load(&workbook);
        assert!(progress.warning.take().expect("a warning").contains("cannot be understood"));
        progress.remember(&own(&workbook), &key("one"), &outcome(Verdict::Passed));
        progress.save().expect("it can be written");
        assert_eq!(Progress::load(&workbook).warning, None);
        assert_eq!(recall(&workbook, &key("one")), Some(Verdict::Passed));
    }
}
