//! A story as plain text: one column per party, time running down.

mod cell;
pub(crate) mod ending;
mod layout;

use crate::trace::{Ending, Story};
use cell::Form;
pub use cell::fit;

/// Draws a story `width` characters wide.
///
/// Every row is one step, in the column of the party that took it. `>` marks the steps at which the schedule
/// departs from the default. Where the columns are narrow, the name of the file most steps are in is said once,
/// above.
///
/// ```
/// # use interleave_story::trace::{Ending, Party, Place, Step, Story};
/// # let party = |name: &str| Party { name: name.to_owned(), spawned_at: None, panicked: None };
/// # let place = |line| Some(Place { file: "src/flag.rs".to_owned(), line, column: None, called_from: None });
/// let story = Story {
///     parties: vec![party("main"), party("thread 1")],
///     steps: vec![Step {
///         party: 1,
///         place: place(7),
///         operation: "AtomicBool::load".to_owned(),
///         value: Some("false".to_owned()),
///         stale: None,
///         deviates: true,
///     }],
///     ending: Ending::Finished,
/// };
/// let drawn = interleave_story::columns(&story, 80);
/// assert!(drawn.contains("> flag.rs:7  AtomicBool::load → false"));
/// ```
pub fn columns(story: &Story, width: usize) -> String {
    rows(story, width).into_iter().map(|row| row.text + "\n").collect()
}

/// A line of a drawn story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As it is drawn, without an end of line.
    pub text: String,
    /// The step it shows, or goes on to show; none for heads and endings.
    pub step: Option<usize>,
}

/// [`columns`] line by line, for those who show a part of it.
pub fn rows(story: &Story, width: usize) -> Vec<Row> {
    let (form, columns) = layout::of(story, width);
    let mut rows = Vec::new();
    let mut push = |text: String, step| rows.push(Row { text, step });
    if let Some(file) = form.file() {
        push(format!("lines without a file are in {file}"), None);
    }
    let calls = story.steps.iter().any(|step| step.place.as_ref().is_some_and(|place| place.called_from.is_some()));
    if calls {
        push("21→46 is line 46, called from line 21".to_owned(), None);
    }
    if calls || form.file().is_some() {
        push(String::new(), None);
    }
    let heads = columns.heads(story);
    push(columns.row(heads.iter().map(|head| format!("  {head}"))), None);
    push(columns.row(heads.iter().map(|head| format!("  {}", "─".repeat(head.chars().count())))), None);
    for (index, step) in story.steps.iter().enumerate() {
        if matches!(story.ending, Ending::Livelocked { repeats_from: Some(from), .. } if from == index) {
            push("  ── from here on, again and again ──".to_owned(), None);
        }
        let own = columns.of(step.party);
        for line in columns.lines(story, step, &form) {
            push(columns.row(std::iter::repeat_n(String::new(), own).chain([line])), Some(index));
        }
    }
    push(String::new(), None);
    ending::lines(story, width).into_iter().for_each(|line| push(line, None));
    rows
}
