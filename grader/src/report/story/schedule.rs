//! The schedule that broke a promise, and how far a search came that broke none.

use std::io::{self, Write};

use interleave_story::columns;
use interleave_story::trace::{Ending, Story};
use protocol::Explored;

use super::Subject;
use super::field::field;
use crate::report::text::plural;
use crate::report::{Paint, WIDTH};
use crate::verdict::{ExerciseOutcome, TestOutcome};

/// What a story is indented by.
const INDENT: usize = 4;
/// Steps that are drawn at most; what led there can be replayed.
const STEPS: usize = 32;
/// Steps that are drawn before a part that repeats.
const LEAD: usize = 12;

/// Draws the schedule that failed, and says how to step through it.
pub fn failed(out: &mut dyn Write, subject: &Subject<'_>, test: &TestOutcome, paint: Paint) -> io::Result<()> {
    let Some(explored) = &test.explored else { return Ok(()) };
    let Some(story) = &explored.story else { return Ok(()) };
    let which = match explored.executions {
        1 => "the first tried, in which nobody is interrupted".to_owned(),
        number => format!("number {number} of those tried, the simplest first"),
    };
    field(out, "schedule", &which, paint)?;
    let folder = subject.folder.as_ref().map(|folder| format!(" --exercises {folder}")).unwrap_or_default();
    field(out, "replay", &format!("cargo grader replay {}{folder}", subject.slug), paint)?;
    writeln!(out)?;
    let (story, left_out) = end_of(story.clone().with_test(&test.info.place.file));
    if left_out > 0 {
        writeln!(out, "{:INDENT$}… {} before these", "", plural(left_out, "step"))?;
    }
    for line in columns(&story, WIDTH - INDENT).lines() {
        writeln!(out, "{}", coloured(line, paint).trim_end())?;
    }
    Ok(())
}

/// What was checked in an exercise that passed, and what was not.
pub fn checked(out: &mut dyn Write, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    if let Some(why) = &outcome.unmodelled {
        let note = format!("checked without interleavings; the model of `std` does not know this: {why}");
        field(out, "note", &note, paint)?;
    }
    let searches: Vec<&Explored> = outcome.tests.iter().filter_map(|test| test.explored.as_ref()).collect();
    if searches.is_empty() {
        return Ok(());
    }
    let executions: u64 = searches.iter().map(|search| search.executions).sum();
    let bound = searches.iter().filter_map(|search| search.deviations).min();
    let claim = match bound {
        None => format!("every interleaving checked, {executions} in all"),
        Some(bound) => {
            let whole = searches.iter().filter(|search| search.deviations.is_none()).count();
            let turns = plural(bound as usize, "deviation");
            format!(
                "{executions} interleavings checked: all there are for {whole} of {}, for the others all with up \
                 to {turns} from taking turns",
                plural(searches.len(), "promise")
            )
        }
    };
    field(out, "schedule", &claim, paint)
}

/// The last steps of a story, and how many come before them. Of what repeats, what leads there is soon understood.
fn end_of(mut story: Story) -> (Story, usize) {
    let mut begin = story.steps.len().saturating_sub(STEPS);
    if let Ending::Livelocked { repeats_from: Some(from), .. } = &mut story.ending {
        begin = from.saturating_sub(LEAD);
        *from -= begin;
    }
    story.steps.drain(..begin);
    (story, begin)
}

/// A line of columns: where the schedule departs from the usual one is what to look at.
fn coloured(line: &str, paint: Paint) -> String {
    let text = format!("{:INDENT$}{line}", "");
    let departs = line.split("  ").any(|cell| cell.trim_start().starts_with("> "));
    if departs { paint.notable(&text) } else { text }
}
