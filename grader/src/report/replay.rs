//! The schedule that failed, step by step: all at once for a pipe, one screen per step for a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use interleave_story::trace::{Place, Step, Story};
use interleave_story::{fit, rows};

use super::{Paint, WIDTH};

/// A schedule to be stepped through.
#[derive(Debug, Clone)]
pub struct Replay {
    /// `concurrent-map`.
    pub slug: String,
    /// The promise that this schedule breaks.
    pub promise: String,
    /// What was seen.
    pub seen: String,
    /// The schedule.
    pub story: Story,
    /// The files its places are in, by the name the compiler was given.
    pub sources: BTreeMap<String, String>,
}

/// Lines of code around a step.
const AROUND: usize = 3;
/// Rows of columns that a screen shows however low it is.
const LEAST_ROWS: usize = 4;
const KEYS: &str = "→ next   ← previous   Home first   End last   q quit";

/// Prints every step with its line of code, and how it ended.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn print(out: &mut dyn Write, replay: &Replay, paint: Paint) -> io::Result<()> {
    writeln!(out, "{}   {}", paint.strong(&replay.slug), replay.promise.trim_end_matches('.'))?;
    writeln!(out, "    {}", replay.seen)?;
    writeln!(out)?;
    let drawn = rows(&replay.story, WIDTH);
    for row in &drawn {
        writeln!(out, "{}", row.text)?;
    }
    writeln!(out)?;
    for (at, step) in replay.story.steps.iter().enumerate() {
        writeln!(out, "{}", headline(replay, at, step, paint))?;
        if let Some(code) = step.place.as_ref().and_then(|place| line(replay, place, 0)) {
            writeln!(out, "          {}", paint.faint(code.trim()))?;
        }
    }
    Ok(())
}

/// The screen for the step `at`; one past the last step shows how it ended.
pub fn frame(replay: &Replay, at: usize, width: usize, height: usize, paint: Paint) -> Vec<String> {
    let width = width.clamp(40, 200);
    let steps = &replay.story.steps;
    let at = at.min(steps.len());
    let mut screen =
        vec![format!("{}   {}", paint.strong(&replay.slug), cut(&replay.promise, width, replay.slug.len() + 3))];
    match steps.get(at) {
        Some(step) => {
            screen.push(headline(replay, at, step, paint));
            screen.push(String::new());
            screen.extend(code(replay, step, width, paint));
        }
        None => {
            screen.push(paint.bad(&cut(&format!("the end: {}", replay.seen), width, 0)));
            screen.push(String::new());
        }
    }
    screen.push(String::new());
    let room = height.saturating_sub(screen.len() + 2).max(LEAST_ROWS);
    screen.extend(window(replay, at, width, room, paint));
    screen.push(String::new());
    screen.push(paint.faint(&cut(KEYS, width, 0)));
    screen
}

/// `  4  > thread 2   concurrent_map.rs:7   RwLock::read`
fn headline(replay: &Replay, at: usize, step: &Step, paint: Paint) -> String {
    let (who, value) = (replay.story.name(step.party), step.outcome());
    let place = step.place.as_ref().map(Place::short).unwrap_or_default();
    let mark = if step.deviates { paint.notable(">") } else { " ".to_owned() };
    format!("{:>4}  {mark} {who:10} {place:24} {}{value}", at + 1, paint.strong(&step.operation))
}

/// The lines around the step, with a mark at its own.
fn code(replay: &Replay, step: &Step, width: usize, paint: Paint) -> Vec<String> {
    let Some(place) = &step.place else { return vec!["      (not in your file)".to_owned()] };
    let around = (0..=2 * AROUND).filter_map(|offset| {
        let delta = isize::try_from(offset).ok()? - isize::try_from(AROUND).ok()?;
        let text = line(replay, place, delta)?;
        let number = (place.line as usize).checked_add_signed(delta)?;
        let text = cut(text, width, 9);
        Some(match delta {
            0 => format!("{} {number:>5}  {}", paint.notable(">"), paint.strong(&text)),
            _ => format!("  {}", paint.faint(format!("{number:>5}  {text}").trim_end())),
        })
    });
    around.collect()
}

/// The line of code `delta` lines below a place.
fn line<'r>(replay: &'r Replay, place: &Place, delta: isize) -> Option<&'r str> {
    let at = (place.line as usize).checked_sub(1)?.checked_add_signed(delta)?;
    replay.sources.get(&place.file)?.lines().nth(at)
}

/// As many rows of the columns as there is room for, the step `at` among them. What is still to come is faint.
fn window(replay: &Replay, at: usize, width: usize, room: usize, paint: Paint) -> Vec<String> {
    let drawn = rows(&replay.story, width.saturating_sub(2));
    let current = drawn.iter().position(|row| row.step == Some(at)).unwrap_or(drawn.len().saturating_sub(1));
    let heads = drawn.iter().take_while(|row| row.step.is_none()).count();
    let room = room.saturating_sub(heads).max(1);
    let body = &drawn[heads.min(drawn.len())..];
    let current = current.saturating_sub(heads);
    let begin = (current + 2).saturating_sub(room).min(body.len().saturating_sub(room.min(body.len())));
    let heads = drawn[..heads].iter().map(|row| format!("  {}", row.text));
    let shown = body.iter().enumerate().skip(begin).take(room).map(|(index, row)| match row.step {
        Some(step) if step == at => format!("{} {}", paint.notable("→"), paint.strong(&row.text)),
        Some(step) if step > at => format!("  {}", paint.faint(&row.text)),
        // The ending is told at the end.
        None if at < replay.story.steps.len() && index > current => String::new(),
        _ => format!("  {}", row.text),
    });
    heads.chain(shown).map(|line| line.trim_end().to_owned()).collect()
}

/// The text in what is left of a line.
fn cut(text: &str, width: usize, taken: usize) -> String {
    fit(text, width.saturating_sub(taken).max(1))
}
