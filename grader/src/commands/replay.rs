//! `replay`: step through the schedule that breaks an exercise.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal};
use std::time::Duration;

use anyhow::Result;
use interleave_story::trace::Story;
use interleave_story::{TEST, svg};

use super::{Desk, GRADED, NOT_PASSED};
use crate::report::{self, Paint, Replay};
use crate::session::Graded;
use crate::terminal::{Key, Terminal};
use crate::verdict::Verdict;

/// A reader may think for as long as he likes.
const PATIENCE: Duration = Duration::from_secs(3600);

/// Grades the exercise and shows the first schedule that failed: in a terminal step by step, elsewhere as text, with
/// `as_svg` as a picture.
pub fn run(desk: &mut Desk<'_>, name: &str, as_svg: bool) -> Result<u8> {
    let exercise = desk.one(name)?;
    let graded = desk.grade(std::slice::from_ref(&exercise))?;
    let Some(one) = graded.first() else { return Ok(NOT_PASSED) };
    let Some(replay) = replay_of(one) else {
        if desk.json {
            desk.print_json(&graded)?;
        } else {
            desk.tell(one)?;
            writeln!(desk.out, "\nNothing to replay: {}.", why_not(one))?;
        }
        return Ok(NOT_PASSED);
    };
    match () {
        () if desk.json => desk.print_json(&graded)?,
        () if as_svg => write!(desk.out, "{}", svg(&replay.story, &replay.promise))?,
        () if io::stdout().is_terminal() && io::stdin().is_terminal() => step_through(&replay, desk.paint)?,
        () => report::print_replay(desk.out, &replay, desk.paint)?,
    }
    Ok(GRADED)
}

/// Shows one step at a time until the reader has seen enough.
fn step_through(replay: &Replay, paint: Paint) -> io::Result<()> {
    let mut terminal = Terminal::borrow()?;
    let mut at = 0;
    loop {
        let (width, height) = terminal.size();
        terminal.show(report::frame(replay, at, width, height, paint))?;
        match terminal.key(PATIENCE)? {
            None => {}
            Some(Key::Resized | Key::Redraw) => terminal.forget(),
            Some(key) => match step(key, at, replay.story.steps.len()) {
                Some(next) => at = next,
                None => return Ok(()),
            },
        }
    }
}

/// The step that a key leads to; none, if the reader has seen enough.
pub fn step(key: Key, at: usize, last: usize) -> Option<usize> {
    match key {
        Key::Interrupt | Key::Escape | Key::Char('q') => None,
        Key::Right | Key::Down | Key::Enter | Key::Char('n' | 'j' | 'l' | ' ') => Some((at + 1).min(last)),
        Key::Left | Key::Up | Key::Back | Key::Char('p' | 'k' | 'h') => Some(at.saturating_sub(1)),
        Key::Home | Key::Char('g') => Some(0),
        Key::End | Key::Char('G') => Some(last),
        _ => Some(at),
    }
}

/// The first schedule that failed.
pub fn replay_of(graded: &Graded) -> Option<Replay> {
    graded.outcome.tests.iter().find_map(|test| {
        let story = test.explored.as_ref()?.story.clone()?.with_test(&test.info.place.file);
        let seen = match (&test.expected, test.seen.as_deref().unwrap_or_default()) {
            (Some(expected), seen) => format!("expected {expected}, seen {seen}"),
            (None, seen) => format!("{}: {seen}", test.verdict.name()),
        };
        let (slug, promise) = (graded.exercise.slug.clone(), test.info.promise.clone());
        let sources = sources(&story, &test.info.place.file);
        Some(Replay { slug, promise, seen, story, sources })
    })
}

/// Why there is none.
pub fn why_not(graded: &Graded) -> &'static str {
    let explored = graded.outcome.tests.iter().any(|test| test.explored.is_some());
    match graded.outcome.verdict {
        Some(Verdict::Passed) if explored => "no schedule breaks it",
        Some(Verdict::Passed) => "nothing was explored",
        _ if explored => "what failed is no schedule",
        _ if graded.exercise.model().is_none() => "schedules do not matter in this exercise",
        _ => "schedules are explored once the ordinary tests pass",
    }
}

/// The files that steps stand in, by their names in the story; what cannot be read is not shown.
fn sources(story: &Story, test_file: &str) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    for file in story.steps.iter().filter_map(|step| Some(&step.place.as_ref()?.file)) {
        if !sources.contains_key(file) {
            let path = if file == TEST { test_file } else { file };
            sources.insert(file.clone(), fs::read_to_string(path).unwrap_or_default());
        }
    }
    sources
}
