//! `show`: the contract of an exercise, and how far one is.

use std::fs;

use anyhow::{Context, Result};

use super::{Desk, GRADED};
use crate::catalog::Exercise;
use crate::progress::Progress;
use crate::report::{self, About, Entry, WIDTH};

/// Prints the page about an exercise.
pub fn run(desk: &mut Desk<'_>, name: &str) -> Result<u8> {
    let exercise = desk.one(name)?;
    let progress = desk.progress();
    let about = about(desk, &exercise, &progress)?;
    desk.print(&report::show(&about, WIDTH, desk.paint))?;
    Ok(GRADED)
}

/// What there is to say about an exercise.
pub fn about(desk: &Desk<'_>, exercise: &Exercise, progress: &Progress) -> Result<About> {
    let stub = exercise.stub();
    Ok(About {
        entry: entry(exercise, progress),
        chapter: desk.catalog.title(&exercise.lesson).to_owned(),
        path: desk.shown(&exercise.file),
        task: exercise.task.clone(),
        stub: fs::read_to_string(&stub).with_context(|| format!("cannot read the stub {}", stub.display()))?,
    })
}

/// The exercise's line in the list.
pub fn entry(exercise: &Exercise, progress: &Progress) -> Entry {
    Entry {
        slug: exercise.slug.clone(),
        level: exercise.level,
        standing: progress.standing(exercise),
        current: progress.is_current(exercise),
    }
}
