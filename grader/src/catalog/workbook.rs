//! Where the workbook's folders are.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The folders a run of the grader works with.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The repository.
    pub root: PathBuf,
    /// Hidden tests, one folder per lesson.
    pub hidden: PathBuf,
    /// The files to be graded, `NN-slug/src/*.rs`.
    pub exercises: PathBuf,
    /// Chapters, `NN-slug.md`.
    pub chapters: PathBuf,
    /// Built things; may be deleted at any time.
    pub target: PathBuf,
    /// Progress, remembered only for the workbook's own exercises.
    pub progress: Option<PathBuf>,
}

impl Workbook {
    /// The workbook around `start`, or, failing that, the one this program was built from.
    ///
    /// # Errors
    ///
    /// If there is neither.
    pub fn around(start: &Path) -> Result<Self> {
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let root = start.ancestors().chain(built_from).find(|folder| is_workbook(folder));
        match root {
            Some(root) => Ok(Self::at(root)),
            None => bail!(
                "no workbook found at or above {}: run the grader inside the folder you cloned (the one with \
                 `exercises/` and `grader/` in it)",
                start.display()
            ),
        }
    }

    /// The workbook whose repository is `root`.
    pub fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            hidden: root.join("grader/hidden"),
            exercises: root.join("exercises"),
            chapters: root.join("book/src"),
            target: root.join("target/grader"),
            progress: Some(root.join(".workbook")),
        }
    }

    /// Grades the files under `folder` instead of the learner's; nothing is remembered about them.
    ///
    /// # Errors
    ///
    /// If `folder` is not a folder that can be read.
    pub fn with_exercises(mut self, folder: &Path) -> Result<Self> {
        if let Err(error) = folder.read_dir() {
            bail!("cannot read the folder {} given with --exercises: {error}", folder.display());
        }
        let folder = std::path::absolute(folder)?;
        if folder != self.exercises {
            self.exercises = folder;
            self.progress = None;
        }
        Ok(self)
    }

    /// A path as people should see it: relative to the repository where it lies inside.
    pub fn shown<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

fn is_workbook(folder: &Path) -> bool {
    folder.join("grader/hidden").is_dir() && folder.join("exercises").is_dir()
}
