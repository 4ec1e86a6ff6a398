//! `hint`: one rung of the ladder at a time.

use std::fs;

use anyhow::{Context, Result};

use super::{Desk, GRADED};
use crate::catalog::{self, Exercise, Workbook};
use crate::progress::{Progress, RUNGS, Step};
use crate::report::{self, Hint, WIDTH};

/// Opens the next rung, if it may be opened, and prints the last one that is open; with `all`, every one.
pub fn run(desk: &mut Desk<'_>, name: &str, all: bool) -> Result<u8> {
    let exercise = desk.one(name)?;
    let hints = if all {
        (1..=RUNGS).map(|rung| read(&desk.workbook, &exercise, rung, true)).collect::<Result<Vec<_>>>()?
    } else {
        let mut progress = desk.progress();
        let hint = open(&desk.workbook, &exercise, &mut progress)?;
        progress.save()?;
        vec![hint]
    };
    for hint in hints {
        desk.print(&report::hint(&hint, WIDTH, desk.paint))?;
        if all {
            writeln!(desk.out)?;
        }
    }
    Ok(GRADED)
}

/// Opens the next rung, if it may be opened; the last one that is open.
pub fn open(workbook: &Workbook, exercise: &Exercise, progress: &mut Progress) -> Result<Hint> {
    if progress.journey(exercise).may_have_hint() {
        progress.step(exercise, Step::Hint);
        if progress.journey(exercise).rungs == RUNGS {
            progress.step(exercise, Step::Solution);
        }
    }
    let journey = progress.journey(exercise);
    // Nothing is remembered about a file elsewhere: it has its first hint for ever.
    read(workbook, exercise, journey.rungs.max(1), journey.may_have_hint() && journey.rungs > 0)
}

/// A rung; the last one is the solution.
fn read(workbook: &Workbook, exercise: &Exercise, rung: u32, more: bool) -> Result<Hint> {
    let hint = |title: String, text| Hint { slug: exercise.slug.clone(), rung, title, text, more };
    if rung == RUNGS {
        let path = catalog::solution(workbook, exercise);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        return Ok(hint("the solution, with its reasons".to_owned(), text));
    }
    let rungs = catalog::hints(exercise)?;
    let at = rungs.get(rung as usize - 1).with_context(|| format!("{} has no hint {rung}", exercise.slug))?;
    Ok(hint(at.title.clone(), at.text.clone()))
}
