//! Making the tables that lead from a pattern of failures to an idea: by running every test of every wrong solution.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::{Claim, Faces, Finding};
use crate::bench::Program;
use crate::catalog::diagnosis::{NAME, Table, Wrong};
use crate::catalog::{Exercise, Workbook, fingerprint};
use crate::process::Runner;
use crate::session::{self, Options};
use crate::verdict::Verdict;

/// Programs built at a time.
const SLOTS: usize = 8;
/// A wrong solution that hangs is given this long.
const IMPATIENT: Duration = Duration::from_secs(2);

/// Says so, if the table of an exercise was made from other files than there are now.
pub fn stale(workbook: &Workbook, exercise: &Exercise, faces: &Faces) -> Option<Finding> {
    let message = match exercise.diagnosis() {
        Ok(table) if table.made_from == made_from(exercise, faces) => return None,
        Ok(_) => {
            format!("is not up to date: run `cargo grader author check {}` and keep what it writes", exercise.slug)
        }
        Err(error) => format!("{error:#}"),
    };
    let file = workbook.shown(&exercise.hidden.join(NAME)).to_string();
    Some(Finding { exercise: exercise.key(), file, message })
}

/// Makes the tables that are not up to date anew, and returns where they are.
///
/// # Errors
///
/// If the grader itself cannot work, or a table cannot be written.
pub fn diagnose(
    workbook: &Workbook,
    exercises: &[(Exercise, Faces)],
    runner: &Runner,
    jobs: usize,
    announce: &mut dyn FnMut(&str),
) -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (exercise, faces) in exercises {
        if stale(workbook, exercise, faces).is_none() {
            continue;
        }
        announce(&format!("finding out what the wrong solutions of {} break", exercise.slug));
        let wrong = run(workbook, exercise, faces, runner, jobs)?;
        let table = Table { made_from: made_from(exercise, faces), wrong };
        let path = exercise.hidden.join(NAME);
        fs::write(&path, table.text()?).with_context(|| format!("cannot write {}", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

fn run(workbook: &Workbook, exercise: &Exercise, faces: &Faces, runner: &Runner, jobs: usize) -> Result<Vec<Wrong>> {
    // A bench of its own: the learner's is not to be filled with these.
    let workbook = &Workbook { progress: None, exercises: exercise.hidden.clone(), ..workbook.clone() };
    let runner = Runner { deadline: runner.deadline.min(IMPATIENT), ..runner.clone() };
    let options = Options { jobs, all: true, again: true };
    let compiled = faces
        .wrong
        .iter()
        .filter(|(_, claim)| !matches!(claim, Claim::CaughtBy { verdict: Verdict::DoesNotCompile, .. }));
    let mut wrong = Vec::new();
    let files: Vec<&Path> = compiled.map(|(path, _)| path.as_path()).collect();
    for batch in files.chunks(SLOTS) {
        let programs = batch.iter().enumerate().map(|(slot, path)| {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let program = Program::answering(workbook, exercise, path.to_path_buf(), text);
            Ok(Program { name: format!("slot_{slot}"), ..program })
        });
        let programs: Vec<Program> = programs.collect::<Result<_>>()?;
        for judged in session::judge(workbook, programs, &runner, &options, &mut |_| {})? {
            let broken = judged.outcome.tests.iter().filter(|test| test.verdict != Verdict::Passed);
            let broken = broken.map(|test| (test.info.name.clone(), test.verdict.name().to_owned())).collect();
            let file = name(&judged.program.source);
            let idea = idea(&judged.program.text);
            wrong.push(Wrong { misconception: misconception(&file), file, idea, broken });
        }
    }
    Ok(wrong)
}

/// Fingerprint of the wrong solutions and the tests, whatever their line ends.
fn made_from(exercise: &Exercise, faces: &Faces) -> String {
    let text = |path: &Path| fs::read_to_string(path).unwrap_or_default().replace('\r', "");
    let wrong: Vec<(String, String)> = faces.wrong.iter().map(|(path, _)| (name(path), text(path))).collect();
    fingerprint((wrong, text(&exercise.tests()), exercise.model().map(|path| text(&path))))
}

fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `m72_permit_dropped_early` → `M72`.
fn misconception(file: &str) -> Option<String> {
    let (id, _) = file.split_once('_')?;
    let number = id.strip_prefix('m')?;
    (number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit())).then(|| id.to_uppercase())
}

/// The lines from `//! idea:` to the end of the paragraph.
fn idea(text: &str) -> String {
    let mut lines = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let Some(first) = lines.find_map(|line| line.strip_prefix("idea:")) else { return String::new() };
    let rest = lines.take_while(|line| !line.is_empty());
    std::iter::once(first.trim()).chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{idea, misconception};

    #[test]
    fn the_name_of_a_file_may_begin_with_a_misconception() {
        assert_eq!(misconception("m72_permit_dropped_early").as_deref(), Some("M72"));
        assert_eq!(misconception("many_at_once"), None);
        assert_eq!(misconception("m7_short"), None);
    }

    #[test]
    fn an_idea_may_take_several_lines() {
        let text = "//! caught by: a (failed)\n//! idea: One lock\n//! for all.\n//!\n//! More.\n\nuse std::thread;\n";
        assert_eq!(idea(text), "One lock for all.");
        assert_eq!(idea("//! caught by: a (failed)\n"), "");
    }
}
