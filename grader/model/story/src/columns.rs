//! A story as plain text: one column per party, time running down.

mod cell;
mod ending;

use crate::trace::{Ending, Step, Story};
use cell::{Form, fit};

/// More parties than this share the last column.
const MOST_COLUMNS: usize = 4;
const GAP: usize = 2;

/// Draws a story `width` characters wide.
///
/// Every row is one step, in the column of the party that took it. `>` marks the steps at which the schedule
/// departs from the default. Where the columns are narrow, the name of the file most steps are in is said once,
/// above.
///
/// ```
/// # use interleave_story::trace::{Ending, Party, Place, Step, Story};
/// # let party = |name: &str| Party { name: name.to_owned(), spawned_at: None, panicked: None };
/// # let place = |line| Some(Place { file: "src/flag.rs".to_owned(), line, column: None });
/// let story = Story {
///     parties: vec![party("main"), party("thread 1")],
///     steps: vec![Step {
///         party: 1,
///         place: place(7),
///         operation: "AtomicBool::load".to_owned(),
///         value: Some("false".to_owned()),
///         deviates: true,
///     }],
///     ending: Ending::Finished,
/// };
/// let drawn = interleave_story::columns(&story, 80);
/// assert!(drawn.contains("> flag.rs:7  AtomicBool::load → false"));
/// ```
pub fn columns(story: &Story, width: usize) -> String {
    let columns = Columns::of(story, width);
    let form = Form::for_story(story, &columns);
    let mut text = String::new();
    if let Some(file) = form.file() {
        text.push_str(&format!("lines without a file are in {file}\n\n"));
    }
    let heads: Vec<_> = (0..columns.count).map(|column| columns.head(story, column)).collect();
    push_row(&mut text, &columns, heads.iter().map(|head| format!("  {head}")));
    push_row(&mut text, &columns, heads.iter().map(|head| format!("  {}", "─".repeat(head.chars().count()))));
    for (index, step) in story.steps.iter().enumerate() {
        if matches!(story.ending, Ending::Livelocked { repeats_from: Some(from), .. } if from == index) {
            text.push_str("  ── from here on, again and again ──\n");
        }
        let own = columns.column(step.party);
        let cells =
            (0..=own).map(|column| if column == own { columns.cell(story, step, &form) } else { String::new() });
        push_row(&mut text, &columns, cells);
    }
    ending::push(&mut text, story, width);
    text
}

/// Which party stands in which column.
#[derive(Debug)]
struct Columns {
    count: usize,
    width: usize,
    /// The last column is shared.
    folded: bool,
}

impl Columns {
    fn of(story: &Story, width: usize) -> Self {
        let count = story.parties.len().clamp(1, MOST_COLUMNS);
        let width = width.saturating_sub(GAP * (count - 1)) / count;
        Self { count, width, folded: story.parties.len() > MOST_COLUMNS }
    }

    fn column(&self, party: u32) -> usize {
        (party as usize).min(self.count - 1)
    }

    fn is_shared(&self, column: usize) -> bool {
        self.folded && column == self.count - 1
    }

    fn head(&self, story: &Story, column: usize) -> String {
        if self.is_shared(column) {
            return format!("{} others", story.parties.len() - column);
        }
        story.parties.get(column).map_or_else(String::new, |party| fit(&party.name, self.width.saturating_sub(2)))
    }

    fn cell(&self, story: &Story, step: &Step, form: &Form) -> String {
        let shared = self.is_shared(self.column(step.party));
        let name = story.parties.get(step.party as usize).filter(|_| shared).map(|party| party.name.as_str());
        fit(&form.cell(step, name), self.width)
    }
}

fn push_row(text: &mut String, columns: &Columns, cells: impl Iterator<Item = String>) {
    let mut row = String::new();
    for (column, cell) in cells.enumerate() {
        let begin = column * (columns.width + GAP);
        row.push_str(&" ".repeat(begin.saturating_sub(row.chars().count())));
        row.push_str(&cell);
    }
    text.push_str(row.trim_end());
    text.push('\n');
}
