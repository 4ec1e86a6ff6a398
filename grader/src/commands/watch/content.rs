//! What the screen shows, put together from what the loop knows.

use std::time::Instant;

use anyhow::Result;

use super::Loop;
use super::view::{Deed, View};
use crate::catalog;
use crate::commands::{list, overview, show};
use crate::report::{self, HELP, KEYS, LIST_KEYS, PAGE_KEYS, Prediction, SURE_KEYS, Screen};
use crate::session::Graded;
use crate::verdict::{TestOutcome, Verdict};

/// Stories are written for this width, whatever a terminal has.
const STORY: usize = report::WIDTH;

impl Loop<'_, '_> {
    /// The whole screen.
    pub(super) fn screen(&mut self, width: usize, height: usize) -> Vec<String> {
        let paint = self.desk.paint;
        if let View::Replay(replay, step) = &self.view {
            return report::frame(replay, *step, width, height, paint);
        }
        let body: Vec<String> = self.body(width).iter().flat_map(|line| report::fold(line, width)).collect();
        let room = report::room(height);
        self.scroll = self.scroll.min(body.len().saturating_sub(room));
        if let View::List { cursor } = self.view {
            let line = body_line(self, cursor);
            self.scroll = self.scroll.clamp(line.saturating_sub(room - 1), line);
        }
        let lessons: Vec<_> = overview::lines(&self.desk.catalog, &|exercise| {
            let at = self.exercises.iter().position(|known| known.key() == exercise.key());
            at.and_then(|at| self.standings[at].verdict)
        });
        let status = self.status();
        let judging = self.busy.as_ref().is_some_and(|busy| !busy.prepares);
        let keys: &[(&str, &str)] = match &self.view {
            View::Verdict | View::All(_) => &KEYS,
            View::List { .. } => &LIST_KEYS,
            View::Sure(_) => &SURE_KEYS,
            _ => &PAGE_KEYS,
        };
        let stale = judging && matches!(self.view, View::Verdict) && self.graded.is_some();
        let screen = Screen { lessons: &lessons, body: &body, scroll: self.scroll, stale, status: &status, keys };
        report::screen(&screen, width, height, paint)
    }

    fn status(&self) -> String {
        let paint = self.desk.paint;
        match &self.busy {
            Some(busy) if !busy.prepares => paint.notable(&busy.in_words(Instant::now())),
            Some(busy) if self.note.is_empty() => paint.faint(&busy.in_words(Instant::now())),
            _ if !self.note.is_empty() => paint.notable(&self.note),
            _ => paint.faint("waiting for you to save"),
        }
    }

    fn body(&self, width: usize) -> Vec<String> {
        let (paint, exercise) = (self.desk.paint, &self.exercises[self.at]);
        match &self.view {
            View::Verdict => self.verdict(width),
            View::List { cursor } => {
                let chapters = list::chapters(self.desk, &self.progress);
                report::choice(&chapters, *cursor, width, paint)
            }
            View::Hint(hint) => report::hint(hint, width.min(100), paint),
            View::Contract => match show::about(self.desk, exercise, &self.progress) {
                Ok(about) => report::show(&about, width.min(100), paint),
                Err(error) => vec![format!("{error:#}")],
            },
            View::Solution(lines) | View::All(lines) => lines.clone(),
            View::Help => HELP.map(str::to_owned).to_vec(),
            View::Sure(Deed::GiveUp) => report::give_up(&exercise.slug, paint),
            View::Sure(Deed::Reset) => report::go_back(&exercise.slug, paint),
            // Draws a screen of its own.
            View::Replay(..) => Vec::new(),
        }
    }

    fn verdict(&self, width: usize) -> Vec<String> {
        let (paint, exercise) = (self.desk.paint, &self.exercises[self.at]);
        let mut lines = Vec::new();
        if self.welcome {
            lines.extend(report::welcome(paint));
        }
        lines.extend(self.moment.clone());
        if let Some(test) = &self.question {
            lines.extend(report::question(test, width.min(STORY), paint));
        }
        let Some(graded) = &self.graded else {
            lines.push(format!("{}   {}", paint.strong(&exercise.slug), paint.faint(&self.desk.shown(&exercise.file))));
            return lines;
        };
        lines.extend(self.told.clone());
        match graded.outcome.verdict {
            Some(Verdict::NotStarted) if !graded.missing => {
                let stub = std::fs::read_to_string(&exercise.file).unwrap_or_default();
                let todo = catalog::unfinished(&stub).todos.first().copied();
                lines.push(String::new());
                lines.extend(report::untouched(&exercise.task, todo, width.min(STORY), paint));
            }
            Some(Verdict::Passed) => {
                let entry = show::entry(exercise, &self.progress);
                lines.extend(report::passed(
                    &entry,
                    self.next_open().map(|at| self.exercises[at].slug.as_str()),
                    paint,
                ));
            }
            _ => {}
        }
        lines
    }

    /// The open exercise after this one, or the first.
    pub(super) fn next_open(&self) -> Option<usize> {
        let count = self.exercises.len();
        (1..count).map(|step| (self.at + step) % count).find(|at| self.standings[*at].is_open())
    }
}

/// The line of the list in which an exercise stands.
fn body_line(watch: &Loop<'_, '_>, cursor: usize) -> usize {
    let chapters = list::chapters(watch.desk, &watch.progress);
    let lines = report::list(&chapters, STORY, watch.desk.paint);
    lines.iter().position(|(number, _)| *number == Some(cursor)).unwrap_or(0)
}

/// What stands above a verdict: how a prediction came out, and what was reached.
pub fn moment(watch: &mut Loop<'_, '_>, graded: &Graded, had_passed: bool) -> Vec<String> {
    let paint = watch.desk.paint;
    let mut lines = Vec::new();
    if let Some((before, prediction)) = watch.prediction.take()
        && let Some(after) = graded.outcome.tests.iter().find(|test| test.info.name == before.info.name)
    {
        lines.extend(report::compared(prediction, happened(&before, after), paint));
    }
    if graded.outcome.verdict != Some(Verdict::Passed) || had_passed {
        return lines;
    }
    let is_done = |lesson: &str| {
        let mut own = watch.exercises.iter().zip(&watch.standings).filter(|(exercise, _)| exercise.lesson == lesson);
        own.all(|(_, standing)| !standing.is_open())
    };
    let entries = |lesson: Option<&str>| {
        let own = watch.exercises.iter().filter(|exercise| lesson.is_none_or(|lesson| exercise.lesson == lesson));
        own.map(|exercise| show::entry(exercise, &watch.progress)).collect::<Vec<_>>()
    };
    if watch.standings.iter().all(|standing| !standing.is_open()) {
        lines.extend(report::all_done(&entries(None), paint));
    } else if is_done(&graded.exercise.lesson) {
        let lesson = watch.desk.catalog.lessons.iter().find(|lesson| lesson.slug == graded.exercise.lesson);
        if let Some(lesson) = lesson {
            lines.extend(report::lesson_done(&lesson.title, lesson.number(), &entries(Some(&lesson.slug)), paint));
        }
    }
    lines
}

fn happened(before: &TestOutcome, after: &TestOutcome) -> Prediction {
    match () {
        () if after.verdict == Verdict::Passed => Prediction::Kept,
        () if (after.verdict, &after.seen) == (before.verdict, &before.seen) => Prediction::Same,
        () => Prediction::Other,
    }
}

/// The test it is time to ask about.
pub fn question(watch: &Loop<'_, '_>, graded: &Graded) -> Option<TestOutcome> {
    let journey = watch.progress.journey(&graded.exercise);
    let test = journey.question()?;
    graded.outcome.tests.iter().find(|known| known.info.name == test && known.verdict != Verdict::Passed).cloned()
}

/// How all of it stands.
pub fn all(watch: &Loop<'_, '_>, graded: &[Graded]) -> Result<Vec<String>> {
    let mut text = Vec::new();
    let lines = overview::lines(&watch.desk.catalog, &|exercise| {
        graded.iter().find(|one| one.exercise.key() == exercise.key()).and_then(|one| one.outcome.verdict)
    });
    report::overview(&mut text, &lines, watch.desk.paint)?;
    let mut lines: Vec<String> = String::from_utf8_lossy(&text).lines().map(str::to_owned).collect();
    for one in graded.iter().filter(|one| is_broken(one)) {
        lines.push(String::new());
        lines.extend(watch.desk.told(one));
    }
    Ok(lines)
}

fn is_broken(graded: &Graded) -> bool {
    !matches!(graded.outcome.verdict, Some(Verdict::Passed | Verdict::NotStarted))
}
