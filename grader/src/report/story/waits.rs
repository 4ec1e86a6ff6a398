//! Who waits where, with the line of code and a mark under the call.

use std::io::{self, Write};

use super::field::sentence;
use super::{Subject, place};
use crate::report::text::list;
use crate::report::{Paint, WIDTH};
use crate::verdict::{TestOutcome, Verdict, Wait};

/// More places than this are counted, not shown.
const PLACES: usize = 6;
/// More parties than this at one place are counted, not named.
const NAMES: usize = 4;
/// What a line of code is indented by.
const INDENT: usize = 8;

/// Parties of a kind that wait for the same at the same place.
struct Group<'w> {
    who: Vec<&'w str>,
    wait: &'w Wait,
}

/// Shows where everybody waits; where that cannot be known, says so.
pub fn waits(out: &mut dyn Write, subject: &Subject<'_>, test: &TestOutcome, paint: Paint) -> io::Result<()> {
    if is_untold(test) {
        writeln!(out)?;
        return sentence(out, "Where each one waits can only be shown on Linux.");
    }
    let groups = groups(&test.waits);
    if !groups.is_empty() {
        writeln!(out)?;
    }
    for group in groups.iter().take(PLACES) {
        one(out, group, subject, test, paint)?;
    }
    match groups.len().saturating_sub(PLACES) {
        0 => Ok(()),
        more => writeln!(out, "    … and {more} more places"),
    }
}

/// A hang is about who waits where; other verdicts may come without.
fn is_untold(test: &TestOutcome) -> bool {
    test.waits.is_empty() && matches!(test.verdict, Verdict::Deadlocked | Verdict::Livelocked)
}

fn groups(waits: &[Wait]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for wait in waits {
        let alike =
            |other: &Wait| other.place == wait.place && other.on == wait.on && kind(&other.who) == kind(&wait.who);
        match groups.iter_mut().find(|group| alike(group.wait)) {
            Some(group) => group.who.push(&wait.who),
            None => groups.push(Group { who: vec![&wait.who], wait }),
        }
    }
    groups
}

/// `task` of `task 3`.
fn kind(who: &str) -> &str {
    who.rsplit_once(' ').map_or(who, |(kind, _)| kind)
}

fn one(
    out: &mut dyn Write,
    group: &Group<'_>,
    subject: &Subject<'_>,
    test: &TestOutcome,
    paint: Paint,
) -> io::Result<()> {
    let Wait { place, code, on, .. } = group.wait;
    let code = code
        .as_deref()
        .filter(|code| !code.trim().is_empty())
        .map(|code| Excerpt::of(code, place.as_ref().and_then(|place| place.column)));
    let marked = code.as_ref().is_some_and(|code| code.mark.is_some());
    let place = match place {
        Some(place) => place::place(place, subject, &test.info),
        None => "outside your file".to_owned(),
    };
    let on = on.as_deref().unwrap_or_default();
    let beside = if marked || on.is_empty() { String::new() } else { format!("   {}", paint.notable(on)) };
    writeln!(out, "    {}   {place}{beside}", sentence_start(group))?;
    let Some(code) = code else { return Ok(()) };
    writeln!(out, "{:INDENT$}{}", "", code.text)?;
    code.mark.map_or(Ok(()), |(at, length)| mark(out, at, length, on, paint))
}

/// `task 1 waits`, `tasks 1 and 2 wait`, `12 threads run`.
fn sentence_start(group: &Group<'_>) -> String {
    let verb = if group.wait.on.is_some() { "wait" } else { "run" };
    match group.who.as_slice() {
        [one] => format!("{one} {verb}s"),
        several if several.len() > NAMES => format!("{} {}s {verb}", several.len(), kind(several[0])),
        several => {
            let numbers: Vec<&str> = several.iter().filter_map(|who| Some(who.rsplit_once(' ')?.1)).collect();
            format!("{}s {} {verb}", kind(several[0]), list(&numbers))
        }
    }
}

/// Marks a word of the line above and says what it is; to the left of the mark where there is no room to its right.
fn mark(out: &mut dyn Write, at: usize, length: usize, on: &str, paint: Paint) -> io::Result<()> {
    let (carets, named) = (paint.notable(&"^".repeat(length)), paint.notable(on));
    let width = on.chars().count() + 1;
    if INDENT + at + length + width <= WIDTH {
        let line = format!("{:indent$}{carets} {named}", "", indent = INDENT + at);
        return writeln!(out, "{}", line.trim_end());
    }
    match (INDENT + at).checked_sub(width) {
        Some(indent) => writeln!(out, "{:indent$}{named} {carets}", ""),
        None => writeln!(out, "{:indent$}{carets}\n{:INDENT$}{named}", "", "", indent = INDENT + at),
    }
}

/// A line of code as it is shown.
struct Excerpt {
    text: String,
    /// Where the word begins that is marked, and how long it is.
    mark: Option<(usize, usize)>,
}

impl Excerpt {
    /// The line without its indentation. A long one is cut so that the column stays in sight.
    fn of(code: &str, column: Option<u32>) -> Self {
        const ROOM: usize = WIDTH - INDENT;
        // A tab counts as one column, so it is shown as one.
        let all: Vec<char> = code.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let indent = all.iter().take_while(|c| c.is_whitespace()).count();
        let mut shown = all[indent..].to_vec();
        let mut at = column.and_then(|column| (column as usize).checked_sub(1 + indent)).filter(|at| *at < shown.len());
        if shown.len() > ROOM {
            let start = at.map_or(0, |at| at.saturating_sub(ROOM / 2)).min(shown.len() - ROOM);
            let (cut_before, cut_after) = (start > 0, start + ROOM < shown.len());
            shown = shown[start..start + ROOM].to_vec();
            if cut_before {
                shown[0] = '…';
            }
            if cut_after {
                shown[ROOM - 1] = '…';
            }
            at = at.map(|at| at - start);
        }
        let word = |at: usize| shown[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
        let mark = at.map(|at| (at, word(at).max(1)));
        Self { text: shown.into_iter().collect(), mark }
    }
}
