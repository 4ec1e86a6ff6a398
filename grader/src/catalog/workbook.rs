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

    /// What a lesson gives to its exercises, whatever folder is graded: `exercises/07-rate-limiting/src/given/mod.rs`.
    pub fn given(&self, lesson: &str) -> Option<PathBuf> {
        let path = self.root.join("exercises").join(lesson).join("src/given/mod.rs");
        Some(path).filter(|path| path.is_file())
    }

    /// A path as people should see it: relative to the repository where it lies inside.
    pub fn shown<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

fn is_workbook(folder: &Path) -> bool {
    folder.join("grader/hidden").is_dir() && folder.join("exercises").is_dir()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Workbook;
    use crate::catalog::scratch::Scratch;

    #[test]
    fn a_workbook_is_found_from_any_folder_inside() {
        let scratch = Scratch::new();
        for folder in ["grader/hidden", "exercises/01-worker-pools/src"] {
            fs::create_dir_all(scratch.path().join(folder)).expect("the folder can be made");
        }
        let found = Workbook::around(&scratch.path().join("exercises/01-worker-pools/src"));
        assert_eq!(found.expect("a workbook").root, scratch.path());
    }

    #[test]
    fn paths_are_shown_from_the_root_on() {
        let workbook = Workbook::at(Path::new("/home/me/workbook"));
        assert_eq!(workbook.shown(Path::new("/home/me/workbook/exercises/a.rs")).to_string(), "exercises/a.rs");
        assert_eq!(workbook.shown(Path::new("/tmp/a.rs")).to_string(), "/tmp/a.rs");
    }

    #[test]
    fn only_the_workbooks_own_exercises_are_remembered() {
        let scratch = Scratch::new();
        let own = scratch.path().join("exercises");
        let other = scratch.path().join("solutions");
        for folder in [&own, &other] {
            fs::create_dir_all(folder).expect("the folder can be made");
        }
        let at = || Workbook::at(scratch.path());
        assert!(at().with_exercises(&own).expect("a folder").progress.is_some());
        let elsewhere = at().with_exercises(&other).expect("a folder");
        assert_eq!((elsewhere.progress, elsewhere.exercises), (None, other));
        let error = at().with_exercises(&scratch.path().join("absent")).expect_err("no such folder");
        assert!(error.to_string().contains("absent"), "{error}");
    }
}
