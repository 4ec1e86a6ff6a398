//! `solution`: the solution beside one's own, when it is time.

use std::fs;

use anyhow::{Context, Result};

use super::{Desk, GRADED, NOT_PASSED};
use crate::catalog::{self, Exercise, Source, Workbook};
use crate::progress::Step;
use crate::report::{self, Paint};

/// Prints the solution beside the learner's text, if that passed once or the learner gives up.
pub fn run(desk: &mut Desk<'_>, name: &str, give_up: bool) -> Result<u8> {
    let exercise = desk.one(name)?;
    let mut progress = desk.progress();
    if give_up {
        progress.step(&exercise, Step::Solution);
        progress.save()?;
    }
    if !give_up && !progress.journey(&exercise).has_solution() {
        desk.status.say(&report::locked(&exercise.slug));
        return Ok(NOT_PASSED);
    }
    let page = page(&desk.workbook, &exercise, desk.paint)?;
    desk.print(&page)?;
    Ok(GRADED)
}

/// The solution beside what the learner has written.
pub fn page(workbook: &Workbook, exercise: &Exercise, paint: Paint) -> Result<Vec<String>> {
    let path = catalog::solution(workbook, exercise);
    let solution = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let stub = fs::read_to_string(exercise.stub()).unwrap_or_default();
    let own = match catalog::read(&exercise.file) {
        Source::Text(own) if !catalog::is_untouched(&own, &stub) => Some(own.replace("\r\n", "\n")),
        _ => None,
    };
    Ok(report::solution(&exercise.slug, own.as_deref(), &solution, paint))
}
