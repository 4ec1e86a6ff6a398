//! `next`: what to do next, as far as is known without running anything.

use anyhow::Result;

use super::{Desk, GRADED};
use crate::catalog::Exercise;
use crate::progress::Progress;
use crate::report::{self, Overview};

/// Names the exercise that was worked on last, if it is still open, or the first open one.
pub fn run(desk: &mut Desk<'_>) -> Result<u8> {
    let progress = desk.progress();
    if desk.json {
        let next = report::next_up(&desk.workbook, next_open(desk, &progress));
        writeln!(desk.out, "{next:#}")?;
        return Ok(GRADED);
    }
    let next = next_open(desk, &progress).map(|exercise| Overview {
        slug: exercise.slug.clone(),
        path: desk.shown(&exercise.file),
        task: exercise.task.clone(),
    });
    report::next(desk.out, next.as_ref(), desk.paint)?;
    Ok(GRADED)
}

/// Where work goes on.
pub fn next_open<'d>(desk: &'d Desk<'_>, progress: &Progress) -> Option<&'d Exercise> {
    let open = || desk.catalog.exercises().filter(|exercise| progress.standing(exercise).is_open());
    open().find(|exercise| progress.is_current(exercise)).or_else(|| open().next())
}
