//! What exists: lessons, exercises, and the files that make them.
//!
//! Paths are the registry. An exercise exists because its folder of hidden tests does; `lesson.toml` beside
//! those folders states order, title and level. Nothing here knows any particular exercise.

pub mod diagnosis;
mod find;
mod hints;
mod lesson_file;
#[cfg(test)]
pub(crate) mod scratch;
mod source;
mod unfinished;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub use find::{Found, find};
pub use hints::{Rung, hints, solution};
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

impl Lesson {
    /// The number, as people say it: `1` for `01-worker-pools`.
    pub fn number(&self) -> &str {
        number(&self.slug)
    }
}

/// The number of the lesson in this folder, as people say it: `1` for `01-worker-pools`.
pub fn number(lesson: &str) -> &str {
    lesson.split('-').next().unwrap_or_default().trim_start_matches('0')
}

impl Exercise {
    /// The hidden tests.
    pub fn tests(&self) -> PathBuf {
        self.hidden.join("tests.rs")
    }

    /// Hidden tests for every schedule, where schedules matter.
    pub fn model(&self) -> Option<PathBuf> {
        Some(self.hidden.join("model.rs")).filter(|path| path.is_file())
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
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::scratch::Scratch;
    use super::{Catalog, Workbook, anchor, section};

    /// A workbook whose only lesson has this `lesson.toml`.
    fn with_lesson(text: &str) -> (Scratch, Workbook) {
        let scratch = Scratch::new();
        scratch.write("grader/hidden/misconceptions.toml", "M01 = 'Something is so'\n");
        scratch.write("grader/hidden/03-pipelines/lesson.toml", text);
        let workbook = Workbook::at(scratch.path());
        (scratch, workbook)
    }

    fn trouble(workbook: &Workbook) -> String {
        format!("{:#}", Catalog::load(workbook).expect_err("a broken catalog"))
    }

    #[test]
    fn an_exercise_knows_its_files() {
        let entry = "title = \"Pipelines\"\n[[exercise]]\nslug = \"batch-stage\"\nlevel = 2\ntask = \"Group.\"\n";
        let (scratch, workbook) = with_lesson(entry);
        // A folder without a `lesson.toml` is no lesson.
        scratch.write("grader/hidden/04-notes/notes.txt", "");
        let catalog = Catalog::load(&workbook).expect("a whole catalog");
        let exercises: Vec<_> = catalog.exercises().collect();
        assert_eq!((catalog.lessons.len(), exercises.len(), catalog.title("03-pipelines")), (1, 1, "Pipelines"));
        assert_eq!(catalog.misconceptions["M01"], "Something is so");
        let exercise = exercises[0];
        assert_eq!((exercise.key().as_str(), exercise.module.as_str()), ("03-pipelines/batch-stage", "batch_stage"));
        assert_eq!(exercise.file, scratch.path().join("exercises/03-pipelines/src/batch_stage.rs"));
        assert_eq!(exercise.tests(), scratch.path().join("grader/hidden/03-pipelines/batch_stage/tests.rs"));
        assert_eq!(exercise.stub(), scratch.path().join("grader/hidden/03-pipelines/batch_stage/stub.rs"));
    }

    #[test]
    fn lessons_come_in_the_order_of_their_numbers() {
        let (scratch, workbook) = with_lesson("title = \"Pipelines\"");
        for slug in ["10-architectures", "01-worker-pools"] {
            scratch.write(&format!("grader/hidden/{slug}/lesson.toml"), "title = \"Another\"");
        }
        let catalog = Catalog::load(&workbook).expect("a whole catalog");
        let slugs: Vec<&str> = catalog.lessons.iter().map(|lesson| lesson.slug.as_str()).collect();
        assert_eq!(slugs, ["01-worker-pools", "03-pipelines", "10-architectures"]);
    }

    #[test]
    fn a_broken_file_is_named() {
        let broken = "title = \"Pipelines\"\n[[exercise]]\nslug = \"batch-stage\"\nlevel = 4\ntask = \"Group.\"\n";
        let (scratch, workbook) = with_lesson(broken);
        let path = scratch.path().join("grader/hidden/03-pipelines/lesson.toml").display().to_string();
        let said = trouble(&workbook);
        assert!(said.contains(&path) && said.contains("levels are 1, 2 and 3"), "{said}");
        for (text, why) in [("title = ", "line 1"), ("", "title"), ("title = \"P\"\ntilte = \"P\"", "tilte")] {
            let (scratch, workbook) = with_lesson(text);
            let path = scratch.path().join("grader/hidden/03-pipelines/lesson.toml").display().to_string();
            let said = trouble(&workbook);
            assert!(said.contains(&path) && said.contains(why), "{said}");
        }
        let (scratch, workbook) = with_lesson("title = \"Pipelines\"");
        let path = scratch.write("grader/hidden/misconceptions.toml", "M01 = 7").display().to_string();
        assert!(trouble(&workbook).contains(&path));
    }

    #[test]
    fn a_workbook_without_hidden_tests_says_which_folder_is_missing() {
        let scratch = Scratch::new();
        let said = trouble(&Workbook::at(scratch.path()));
        assert!(said.contains(&scratch.path().join("grader/hidden").display().to_string()), "{said}");
    }

    /// The expected anchors were made by mdBook 0.5.4.
    #[test]
    fn anchors_are_those_of_mdbook() {
        assert_eq!(anchor("A permit is a value"), "a-permit-is-a-value");
        assert_eq!(anchor("How many workers?"), "how-many-workers");
        assert_eq!(anchor("`while let Ok(job) = rx.lock()`: one at a time"), "while-let-okjob--rxlock-one-at-a-time");
        assert_eq!(anchor("From thread to task — and back"), "from-thread-to-task--and-back");
        assert_eq!(anchor(" Über `spawn_blocking` "), "über-spawn_blocking");
        assert_eq!(section("01-worker-pools", "Go ↔ Rust"), "book/src/01-worker-pools.md#go--rust");
    }
}
