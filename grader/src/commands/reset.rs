//! `reset`: back to the stub.

use anyhow::Result;

use super::{Desk, GRADED, WrongUse};
use crate::catalog::{Exercise, Workbook};
use crate::progress::{self, Reset};

/// Takes the file back to its stub and says where its text is kept.
pub fn run(desk: &mut Desk<'_>, name: &str) -> Result<u8> {
    let exercise = desk.one(name)?;
    if desk.workbook.progress.is_none() || !exercise.file.starts_with(&desk.workbook.exercises) {
        let file = desk.shown(&exercise.file);
        return Err(WrongUse(format!("{file} is not one of your exercises: only those can be reset")).into());
    }
    let done = reset(&desk.workbook, &exercise)?;
    writeln!(desk.out, "{done}")?;
    Ok(GRADED)
}

/// Resets, and says so.
pub fn reset(workbook: &Workbook, exercise: &Exercise) -> Result<String> {
    let (slug, file) = (&exercise.slug, workbook.shown(&exercise.file));
    Ok(match progress::reset(workbook, exercise)? {
        Reset::Untouched => format!("{slug} is as it was at first: nothing to reset."),
        Reset::WasMissing => format!("{slug} is back: {file}"),
        Reset::Kept(copy) => {
            format!("{slug} is as it was at first. Your text is kept: {}", workbook.shown(&copy))
        }
    })
}
