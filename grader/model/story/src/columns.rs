//! A story as plain text: one column per party, time running down.

mod cell;
pub(crate) mod ending;

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
    rows(story, width).into_iter().map(|row| row.text + "\n").collect()
}

/// A line of a drawn story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As it is drawn, without an end of line.
    pub text: String,
    /// The step it shows; none for heads and endings.
    pub step: Option<usize>,
}

/// [`columns`] line by line, for those who show a part of it.
pub fn rows(story: &Story, width: usize) -> Vec<Row> {
    let columns = Columns::of(story, width);
    let form = Form::for_story(story, &columns);
    let mut rows = Vec::new();
    let mut push = |text: String, step| rows.push(Row { text, step });
    if let Some(file) = form.file() {
        push(format!("lines without a file are in {file}"), None);
        push(String::new(), None);
    }
    let heads: Vec<_> = (0..columns.count).map(|column| columns.head(story, column)).collect();
    push(columns.row(heads.iter().map(|head| format!("  {head}"))), None);
    push(columns.row(heads.iter().map(|head| format!("  {}", "─".repeat(head.chars().count())))), None);
    for (index, step) in story.steps.iter().enumerate() {
        if matches!(story.ending, Ending::Livelocked { repeats_from: Some(from), .. } if from == index) {
            push("  ── from here on, again and again ──".to_owned(), None);
        }
        let own = columns.column(step.party);
        let cells =
            (0..=own).map(|column| if column == own { columns.cell(story, step, &form) } else { String::new() });
        push(columns.row(cells), Some(index));
    }
    push(String::new(), None);
    ending::lines(story, width).into_iter().for_each(|line| push(line, None));
    rows
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

    fn row(&self, cells: impl Iterator<Item = String>) -> String {
        let mut row = String::new();
        for (column, cell) in cells.enumerate() {
            let begin = column * (self.width + GAP);
            row.push_str(&" ".repeat(begin.saturating_sub(row.chars().count())));
            row.push_str(&cell);
        }
        row.trim_end().to_owned()
    }
}
