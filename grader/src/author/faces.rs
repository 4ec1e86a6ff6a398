//! The faces of an exercise: which there must be, and what can be seen without running them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Claim, Finding, stale};
use crate::catalog::{Catalog, Exercise, Workbook, anchor, is_untouched};

/// Wrong solutions there must be at least.
const WRONG: usize = 4;
/// Right solutions there must be at least, besides the reference.
const RIGHT: usize = 2;
/// The rungs of the hint ladder; the fourth is the solution itself.
const RUNGS: [&str; 3] =
    ["## A question about the contract", "## Where to look in the picture", "## The lines, shuffled"];

/// Where the faces of an exercise are.
#[derive(Debug, Clone)]
pub struct Faces {
    /// The reference solution.
    pub solution: PathBuf,
    /// Known wrong solutions with their claims.
    pub wrong: Vec<(PathBuf, Claim)>,
    /// Other right solutions.
    pub right: Vec<PathBuf>,
}

/// Looks at the faces of an exercise. With `as_author` the exercise must equal its stub; a learner's need not.
pub fn examine(workbook: &Workbook, catalog: &Catalog, exercise: &Exercise, as_author: bool) -> (Faces, Vec<Finding>) {
    let mut look = Look { workbook, exercise, findings: Vec::new() };
    let solution = workbook.root.join("solutions").join(&exercise.lesson).join("src").join(&exercise.module);
    let solution = solution.with_extension("rs");
    look.text(&solution, "the reference solution");
    look.text(&exercise.tests(), "the hidden tests");
    let stub = look.text(&exercise.stub(), "the untouched stub");
    if as_author {
        let text = look.text(&exercise.file, "the exercise");
        if !text.is_empty() && !is_untouched(&text, &stub) {
            look.find(
                &exercise.file,
                format!("differs from its stub {}: copy one over the other", look.shown(&exercise.stub())),
            );
        }
    }
    look.hints();
    look.chapter(catalog);
    let wrong = look.wrong();
    let right = look.folder("right");
    if right.len() < RIGHT {
        look.find(&exercise.hidden.join("right"), format!("right solutions: {}; there must be {RIGHT}", right.len()));
    }
    let (mut findings, faces) = (look.findings, Faces { solution, wrong, right });
    // An author's table is made anew when everything else is in order.
    if !as_author {
        findings.extend(stale(workbook, exercise, &faces));
    }
    (faces, findings)
}

/// A look at one exercise.
struct Look<'a> {
    workbook: &'a Workbook,
    exercise: &'a Exercise,
    findings: Vec<Finding>,
}

impl Look<'_> {
    fn find(&mut self, file: &Path, message: String) {
        let (exercise, file) = (self.exercise.key(), self.shown(file));
        self.findings.push(Finding { exercise, file, message });
    }

    fn shown(&self, path: &Path) -> String {
        self.workbook.shown(path).to_string()
    }

    /// The text of a face, empty if it cannot be read.
    fn text(&mut self, path: &Path, what: &str) -> String {
        fs::read_to_string(path).unwrap_or_else(|error| {
            self.find(path, format!("{what} cannot be read: {error}"));
            String::new()
        })
    }

    /// The Rust files of a folder, by name.
    fn folder(&mut self, name: &str) -> Vec<PathBuf> {
        let folder = self.exercise.hidden.join(name);
        let Ok(entries) = folder.read_dir() else {
            self.find(&folder, "is missing".to_owned());
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
        files.sort();
        files
    }

    fn wrong(&mut self) -> Vec<(PathBuf, Claim)> {
        let files = self.folder("wrong");
        if files.len() < WRONG {
            let folder = self.exercise.hidden.join("wrong");
            self.find(&folder, format!("wrong solutions: {}; there must be {WRONG}", files.len()));
        }
        let mut wrong = Vec::new();
        for file in files {
            let text = self.text(&file, "a wrong solution");
            match Claim::of_wrong(&text) {
                Some(claim) => wrong.push((file, claim)),
                None => {
                    self.find(&file, "the first line must read `//! caught by: name_of_the_test (verdict)`".to_owned());
                }
            }
        }
        wrong
    }

    fn hints(&mut self) {
        let path = self.exercise.hidden.join("hints.md");
        let text = self.text(&path, "the hint ladder");
        for rung in RUNGS {
            if !text.is_empty() && !text.lines().any(|line| line.trim_end() == rung) {
                self.find(&path, format!("the rung `{rung}` is missing"));
            }
        }
    }

    fn chapter(&mut self, catalog: &Catalog) {
        let path = self.workbook.chapters.join(&self.exercise.lesson).with_extension("md");
        let text = self.text(&path, &format!("the chapter of \"{}\"", catalog.title(&self.exercise.lesson)));
        if !text.is_empty() && !has_section(&text, &self.exercise.slug) {
            self.find(&path, format!("there is no section for `{}`", self.exercise.slug));
        }
    }
}

/// Whether a chapter has a section of this heading.
pub fn has_section(chapter: &str, heading: &str) -> bool {
    let wanted = anchor(heading);
    let headings = chapter
        .lines()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
    headings.into_iter().any(|text| anchor(text) == wanted)
}

/// What the wrong solutions as a whole must show: every test catches one, every rejected misconception has one.
pub fn coverage(exercise: &Exercise, faces: &Faces, tests: &[protocol::TestInfo], workbook: &Workbook) -> Vec<Finding> {
    let caught =
        |name: &str| faces.wrong.iter().any(|(_, claim)| matches!(claim, Claim::CaughtBy { test, .. } if test == name));
    let has_wrong = |id: &str| {
        let prefix = format!("{}_", id.to_lowercase());
        let names = faces.wrong.iter().filter_map(|(path, _)| path.file_name()?.to_str());
        names.into_iter().any(|name| name.starts_with(&prefix))
    };
    let uncaught = tests.iter().filter(|test| !caught(&test.name));
    let uncaught =
        uncaught.map(|test| format!("no wrong solution is caught by `{}`: does it reject anything?", test.name));
    let mut ids: Vec<&String> = tests.iter().flat_map(|test| &test.rejects).filter(|id| !has_wrong(id)).collect();
    ids.sort();
    ids.dedup();
    let missing = ids
        .into_iter()
        .map(|id| format!("the tests reject {id}, and no wrong solution `{}_….rs` shows it", id.to_lowercase()));
    let file = workbook.shown(&exercise.hidden.join("wrong")).to_string();
    let messages = uncaught.chain(missing);
    messages.map(|message| Finding { exercise: exercise.key(), file: file.clone(), message }).collect()
}
