//! Without a command: what has been touched, how it stands, what is next.

use anyhow::Result;

use super::{Desk, GRADED};
use crate::catalog::{Catalog, Exercise};
use crate::report::{self, Line, Overview};
use crate::session::Graded;
use crate::verdict::Verdict;

/// Grades everything; an untouched stub costs nothing.
pub fn run(desk: &mut Desk<'_>) -> Result<u8> {
    let exercises: Vec<Exercise> = desk.catalog.exercises().cloned().collect();
    let graded = desk.grade(&exercises)?;
    if desk.json {
        desk.print_json(&graded)?;
        return Ok(GRADED);
    }
    let lines = lines(&desk.catalog, &|exercise| {
        graded.iter().find(|one| one.exercise.key() == exercise.key()).and_then(|one| one.outcome.verdict)
    });
    report::overview(desk.out, &lines, desk.paint)?;
    writeln!(desk.out)?;
    let begun = graded.iter().find(|one| is_open(one) && one.outcome.verdict != Some(Verdict::NotStarted));
    if let Some(begun) = begun {
        desk.tell(begun)?;
        writeln!(desk.out)?;
    }
    let next = graded.iter().find(|one| is_open(one)).map(|one| Overview {
        slug: one.exercise.slug.clone(),
        path: desk.shown(&one.exercise.file),
        task: one.exercise.task.clone(),
    });
    report::next(desk.out, next.as_ref(), desk.paint)?;
    Ok(GRADED)
}

fn is_open(graded: &Graded) -> bool {
    graded.outcome.verdict != Some(Verdict::Passed)
}

/// A line per lesson.
pub fn lines(catalog: &Catalog, verdict: &dyn Fn(&Exercise) -> Option<Verdict>) -> Vec<Line> {
    let lessons = catalog.lessons.iter();
    let lines = lessons.map(|lesson| Line {
        number: lesson.number().to_owned(),
        title: lesson.title.clone(),
        verdicts: lesson.exercises.iter().map(verdict).collect(),
    });
    lines.collect()
}
