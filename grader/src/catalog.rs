//! What exists: lessons, exercises, and the files that make them.
//!
//! Paths are the registry. An exercise exists because its folder of hidden tests does; `lesson.toml` beside
//! those folders states order, title and level. Nothing here knows any particular exercise.

mod find;
mod lesson_file;
mod source;
mod unfinished;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub use find::{Found, find};
pub use lesson_file::Level;
pub use source::{Source, fingerprint, is_untouched, read};
pub use unfinished::{Unfinished, unfinished};
pub use workbook::Workbook;

/// All lessons, in order, and the wrong ideas they are about.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// In order of their numbers.
    pub lessons: Vec<Lesson>,
    /// Misconceptions by id: `M72`, `The permit is held because I acquired it`.
    pub misconceptions: BTreeMap<String, String>,
}

/// A lesson with its exercises.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The folder's name: `01-worker-pools`.
    pub slug: String,
    /// For people: `Worker pools`.
    pub title: String,
    /// In the order of `lesson.toml`.
    pub exercises: Vec<Exercise>,
}

/// An exercise and where its files are.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The lesson's slug.
    pub lesson: String,
    /// On screen: `worker-pool`.
    pub slug: String,
    /// In file and module names: `worker_pool`.
    pub module: String,
    /// How hard it is.
    pub level: Level,
    /// One sentence: what the learner builds.
    pub task: String,
    /// The file to be graded.
    pub file: PathBuf,
    /// The folder of hidden tests, stub, hints, wrong and right solutions.
    pub hidden: PathBuf,
}

impl Catalog {
    /// Reads the catalog of a workbook.
    ///
    /// # Errors
    ///
    /// If the folder of hidden tests or a `lesson.toml` cannot be read.
    pub fn load(workbook: &Workbook) -> Result<Self> {
        let hidden = &workbook.hidden;
        let folders =
            hidden.read_dir().with_context(|| format!("cannot list the hidden tests in {}", hidden.display()))?;
        let mut slugs: Vec<String> = folders
            .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_owned()))
            .filter(|slug| hidden.join(slug).join(lesson_file::NAME).is_file())
            .collect();
        slugs.sort();
        let lessons = slugs.into_iter().map(|slug| lesson_file::load(workbook, slug)).collect::<Result<_>>()?;
        let path = hidden.join("misconceptions.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let misconceptions = toml::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))?;
        Ok(Self { lessons, misconceptions })
    }

    /// The title of the lesson with this slug.
    pub fn title(&self, lesson: &str) -> &str {
        self.lessons.iter().find(|known| known.slug == lesson).map_or("", |lesson| &lesson.title)
    }

    /// All exercises, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.lessons.iter().flat_map(|lesson| &lesson.exercises)
    }
}

impl Exercise {
    /// The hidden tests.
    pub fn tests(&self) -> PathBuf {
        self.hidden.join("tests.rs")
    }

    /// The untouched stub.
    pub fn stub(&self) -> PathBuf {
        self.hidden.join("stub.rs")
    }

    /// The name that is unique in the whole workbook: `01-worker-pools/worker-pool`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.lesson, self.slug)
    }
}

/// The address of a chapter's section: `book/src/01-worker-pools.md#a-permit-is-a-value`. Anchors are made as
/// mdBook makes them.
pub fn section(lesson: &str, heading: &str) -> String {
    format!("book/src/{lesson}.md#{}", anchor(heading))
}

/// The anchor of a heading.
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}
