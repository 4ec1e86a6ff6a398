//! `author new` and `author check`: for people who write exercises.

use anyhow::Result;

use super::{Desk, GRADED, NOT_PASSED, WrongUse};
use crate::author::{Faces, Finding, diagnose, examine, lay_out, prove};
use crate::catalog::Exercise;
use crate::report;

/// Lays out a new exercise and says what comes next.
pub fn new(desk: &mut Desk<'_>, name: &str) -> Result<u8> {
    let written = lay_out(&desk.workbook, name).map_err(|error| WrongUse(format!("{error:#}")))?;
    let files: Vec<String> = written.iter().map(|path| desk.shown(path)).collect();
    report::laid_out(desk.out, name, &files)?;
    Ok(GRADED)
}

/// Proves exercises and lists what does not hold.
pub fn check(desk: &mut Desk<'_>, names: &[String]) -> Result<u8> {
    let exercises = desk.named(names)?;
    let mut findings: Vec<Finding> = Vec::new();
    let examined: Vec<(Exercise, Faces)> = exercises
        .into_iter()
        .map(|exercise| {
            let (faces, found) = examine(&desk.workbook, &desk.catalog, &exercise, true);
            findings.extend(found);
            (exercise, faces)
        })
        .collect();
    let total = examined.len();
    let runnable: Vec<(Exercise, Faces)> =
        examined.into_iter().filter(|(exercise, faces)| is_runnable(exercise, faces)).collect();
    let status = &mut desk.status;
    let proved =
        prove(&desk.workbook, &desk.catalog, &runnable, &desk.runner, desk.options.jobs, &mut |step| status.note(step));
    desk.status.clear();
    let proved = proved?;
    findings.extend(proved.findings);
    let status = &mut desk.status;
    let written = diagnose(&desk.workbook, &runnable, &desk.runner, desk.options.jobs, &mut |step| status.note(step));
    desk.status.clear();
    for table in written? {
        let table = desk.shown(&table);
        desk.status.say(&format!("wrote {table}"));
    }
    report::proofs(desk.out, total, proved.programs, proved.remembered, &findings, desk.paint)?;
    Ok(if findings.is_empty() { GRADED } else { NOT_PASSED })
}

/// Without these three files there is nothing to build.
fn is_runnable(exercise: &Exercise, faces: &Faces) -> bool {
    [exercise.stub(), exercise.tests(), faces.solution.clone()].iter().all(|face| face.is_file())
}
