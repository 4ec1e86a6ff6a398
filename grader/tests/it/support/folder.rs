//! A learner's folder, graded through the library.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use grader::catalog::{Catalog, Workbook};
use grader::event::Event;
use grader::progress::Progress;
use grader::session::{self, Graded, Options};

use super::{fixtures, runner, scratch, workbook};

/// A folder of a learner's files.
pub struct Folder {
    /// The fixture workbook around it.
    pub workbook: Workbook,
}

impl Folder {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let folder = scratch(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("01-fixtures/src")).expect("the scratch folder can be written");
        Self { workbook: workbook(folder) }
    }

    /// The path of the file for an exercise: `sync_answer`.
    pub fn file(&self, module: &str) -> PathBuf {
        self.workbook.exercises.join("01-fixtures/src").join(module).with_extension("rs")
    }

    /// Writes the file for an exercise.
    pub fn put(&self, module: &str, text: impl AsRef<[u8]>) {
        fs::write(self.file(module), text).expect("the scratch folder can be written");
    }

    /// Grades one exercise.
    pub fn grade(&self, module: &str) -> Graded {
        self.grade_and_listen(module, &mut |_| ())
    }

    /// Grades one exercise; `listen` hears what the grader announces.
    pub fn grade_and_listen(&self, module: &str, listen: &mut dyn FnMut(Event<'_>)) -> Graded {
        let catalog = Catalog::load(&self.workbook).expect("the fixtures have a catalog");
        let exercises: Vec<_> = catalog.exercises().filter(|exercise| exercise.module == module).cloned().collect();
        let options = Options { jobs: 2, all: false, again: false };
        let mut progress = Progress::load(&self.workbook);
        let runner = runner(Duration::from_secs(10));
        let graded = session::grade(&self.workbook, &exercises, &runner, &options, &mut progress, listen);
        let mut graded = graded.expect("the grader can work");
        progress.save().expect("progress can be remembered");
        graded.pop().expect("one exercise was asked for, one was graded")
    }
}

/// The text of a right answer.
pub fn right_text(module: &str) -> String {
    fs::read_to_string(fixtures().join("right").join(module).with_extension("rs")).expect("fixtures are text")
}

/// The text of an untouched stub.
pub fn stub_text(module: &str) -> String {
    fs::read_to_string(fixtures().join("hidden/01-fixtures").join(module).join("stub.rs")).expect("fixtures are text")
}
