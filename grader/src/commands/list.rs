//! `list`: every exercise; in a terminal, one to choose.

use std::io::{self, IsTerminal};

use anyhow::Result;

use super::{Desk, GRADED, show, watch};
use crate::progress::Progress;
use crate::report::{self, Chapter, WIDTH};

/// Prints the list, or lets the learner choose where to go on.
pub fn run(desk: &mut Desk<'_>) -> Result<u8> {
    if desk.json {
        let progress = desk.progress();
        writeln!(desk.out, "{:#}", report::standings(&desk.catalog, &desk.workbook, &progress))?;
        return Ok(GRADED);
    }
    if io::stdin().is_terminal() && io::stdout().is_terminal() && desk.workbook.progress.is_some() {
        return watch::from_list(desk);
    }
    let progress = desk.progress();
    let chapters = chapters(desk, &progress);
    let list = report::list(&chapters, WIDTH, desk.paint);
    writeln!(desk.out, "{}", report::heading(&chapters, desk.paint))?;
    desk.print(&list.into_iter().map(|(_, line)| line).collect::<Vec<_>>())?;
    Ok(GRADED)
}

/// The list's content.
pub fn chapters(desk: &Desk<'_>, progress: &Progress) -> Vec<Chapter> {
    let lessons = desk.catalog.lessons.iter();
    let chapters = lessons.map(|lesson| Chapter {
        number: lesson.number().to_owned(),
        title: lesson.title.clone(),
        entries: lesson.exercises.iter().map(|exercise| show::entry(exercise, progress)).collect(),
    });
    chapters.collect()
}
