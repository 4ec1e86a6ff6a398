//! The screen of the loop: progress above, one thing in the middle, what goes on and the keys below.

mod keys;

use super::overview::{Line, totals};
use super::paint::mark;
use super::text::{bar, clip};
use super::{Paint, text};

pub use keys::{HELP, KEYS, LIST_KEYS, PAGE_KEYS, SURE_KEYS};

/// Lines that are not the middle's.
const AROUND: usize = 6;
/// However low a terminal is, so many lines of the middle are shown.
const LEAST: usize = 3;
const BAR: usize = 20;

/// What a screen shows.
#[derive(Debug, Clone)]
pub struct Screen<'a> {
    /// The lessons.
    pub lessons: &'a [Line],
    /// The middle.
    pub body: &'a [String],
    /// Its first line to be shown.
    pub scroll: usize,
    /// It belongs to an earlier text.
    pub stale: bool,
    /// What goes on.
    pub status: &'a str,
    /// Keys and what they do.
    pub keys: &'a [(&'a str, &'a str)],
}

/// How many lines of the middle fit.
pub fn room(height: usize) -> usize {
    height.saturating_sub(AROUND).max(LEAST)
}

/// The lines of the screen, none wider than the terminal, as many as it has.
pub fn screen(screen: &Screen<'_>, width: usize, height: usize, paint: Paint) -> Vec<String> {
    let room = room(height);
    let mut lines = head(screen.lessons, width, paint);
    let scroll = screen.scroll.min(screen.body.len().saturating_sub(room));
    let shown = screen.body.iter().skip(scroll).take(room).map(|line| match screen.stale {
        true => paint.faint(&text::plain(line)),
        false => line.clone(),
    });
    lines.extend(shown);
    lines.resize(3 + room, String::new());
    lines.push(paint.faint(&rest(screen.body.len(), scroll, room)));
    lines.push(screen.status.to_owned());
    lines.push(keys(screen.keys, width, paint));
    lines.truncate(height.max(1));
    lines.iter().map(|line| clip(line, width)).collect()
}

/// Title, bar, and a dot for every exercise.
fn head(lessons: &[Line], width: usize, paint: Paint) -> Vec<String> {
    let (passed, total) = totals(lessons);
    let done = format!("{}  {passed} of {total} done", paint.good(&bar(passed, total, BAR)));
    let title = "Advanced concurrency in Rust";
    let taken = title.len() + text::plain(&done).chars().count();
    let first = format!("{}{}{done}", paint.strong(title), " ".repeat(width.clamp(taken + 1, 100) - taken));
    let dots = lessons.iter().map(|line| {
        let dots: String = line.verdicts.iter().map(|verdict| mark(*verdict, paint)).collect();
        format!("{}{dots}", paint.faint(&line.number))
    });
    vec![first, dots.collect::<Vec<_>>().join(" "), String::new()]
}

/// Where in a long text one is.
fn rest(length: usize, scroll: usize, room: usize) -> String {
    match length.saturating_sub(scroll + room) {
        0 if scroll == 0 => String::new(),
        0 => "── the end ── ↑ back".to_owned(),
        more => format!("── {} below ── ↓", text::plural(more, "more line")),
    }
}

/// As many keys as fit; the last one, which leads out, always does.
fn keys(keys: &[(&str, &str)], width: usize, paint: Paint) -> String {
    let Some((last, others)) = keys.split_last() else { return String::new() };
    let length = |(key, what): &(&str, &str)| key.chars().count() + 1 + what.chars().count() + 2;
    let mut left = width.saturating_sub(length(last));
    let fitting = others.iter().take_while(|key| {
        let fits = length(key) <= left;
        left = left.saturating_sub(length(key));
        fits
    });
    let shown = fitting.chain([last]).map(|(key, what)| format!("{} {}", paint.strong(key), paint.faint(what)));
    shown.collect::<Vec<_>>().join("  ")
}
