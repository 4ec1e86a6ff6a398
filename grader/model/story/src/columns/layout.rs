//! Which party stands in which column, and how wide the columns are.

use super::cell::{broken, fit, missed};
use super::{Form, cell};
use crate::trace::{Step, Story};

/// More parties than this share the last column.
const MOST_COLUMNS: usize = 4;
/// Between two columns, at least and at most.
const GAP: (usize, usize) = (2, 6);

/// The columns of a story.
#[derive(Debug)]
pub(super) struct Columns {
    /// Where each begins.
    begins: Vec<usize>,
    /// How much fits into each.
    widths: Vec<usize>,
    /// The last column is shared.
    folded: bool,
}

/// The first form in which every step fits into its column, and those columns; else the shortest form.
pub(super) fn of(story: &Story, width: usize) -> (Form, Columns) {
    let forms = cell::forms(story);
    let mut last = None;
    for form in forms {
        let needs = needs(story, &form);
        let least = needs.iter().sum::<usize>() + GAP.0 * (needs.len() - 1);
        if least <= width {
            let spare = (width - least) / needs.len();
            let gap = (GAP.0 + spare).min(GAP.1);
            return (form, Columns::with(story, needs, gap, width));
        }
        last = Some((form, needs));
    }
    let (form, needs) = last.unwrap_or_else(|| (Form::Full, vec![width]));
    (form, Columns::with(story, squeezed(needs, width), GAP.0, width))
}

/// What each column needs so that nothing in it is broken.
fn needs(story: &Story, form: &Form) -> Vec<usize> {
    let count = story.parties.len().clamp(1, MOST_COLUMNS);
    let folded = story.parties.len() > MOST_COLUMNS;
    let mut needs: Vec<usize> =
        (0..count).map(|column| 2 + head(story, column, count, folded).chars().count()).collect();
    for step in &story.steps {
        let column = (step.party as usize).min(count - 1);
        let name = shared_name(story, step, folded && column == count - 1);
        needs[column] = needs[column].max(form.cell(step, name).chars().count());
    }
    needs
}

/// The widest columns give way until all have room.
fn squeezed(needs: Vec<usize>, width: usize) -> Vec<usize> {
    let room = width.saturating_sub(GAP.0 * (needs.len() - 1));
    let total = |most: usize| needs.iter().map(|need| need.min(&most)).sum::<usize>();
    let most = (1..=width).rev().find(|most| total(*most) <= room).unwrap_or(1);
    needs.iter().map(|need| *need.min(&most)).collect()
}

fn head(story: &Story, column: usize, count: usize, folded: bool) -> String {
    if folded && column == count - 1 {
        return format!("{} others", story.parties.len() - column);
    }
    story.parties.get(column).map_or_else(String::new, |party| party.name.clone())
}

/// Where a column is shared, a step is told with the name of its party.
fn shared_name<'s>(story: &'s Story, step: &Step, shared: bool) -> Option<&'s str> {
    story.parties.get(step.party as usize).filter(|_| shared).map(|party| party.name.as_str())
}

impl Columns {
    fn with(story: &Story, mut widths: Vec<usize>, gap: usize, width: usize) -> Self {
        let begins: Vec<usize> =
            (0..widths.len()).map(|column| widths[..column].iter().sum::<usize>() + gap * column).collect();
        if let (Some(last), Some(begin)) = (widths.last_mut(), begins.last()) {
            *last = width.saturating_sub(*begin).max(1);
        }
        Self { begins, widths, folded: story.parties.len() > MOST_COLUMNS }
    }

    /// The column of a party.
    pub(super) fn of(&self, party: u32) -> usize {
        (party as usize).min(self.begins.len() - 1)
    }

    /// The names above the columns.
    pub(super) fn heads(&self, story: &Story) -> Vec<String> {
        let count = self.begins.len();
        let heads = (0..count).map(|column| head(story, column, count, self.folded));
        heads.zip(&self.widths).map(|(head, width)| fit(&head, width.saturating_sub(2))).collect()
    }

    /// The step; what a load missed stands behind it or, where that does not fit, below.
    pub(super) fn lines(&self, story: &Story, step: &Step, form: &Form) -> Vec<String> {
        let column = self.of(step.party);
        let width = self.widths[column];
        let shared = self.folded && column == self.begins.len() - 1;
        let cell = form.cell(step, shared_name(story, step, shared));
        let Some(stale) = &step.stale else { return broken(&cell, width) };
        let missed = missed(story, step, stale);
        let line = format!("{cell}  {missed}");
        if line.chars().count() <= width {
            return vec![line];
        }
        [broken(&cell, width), broken(&format!("    {missed}"), width)].concat()
    }

    /// Cells side by side.
    pub(super) fn row(&self, cells: impl Iterator<Item = String>) -> String {
        let mut row = String::new();
        for (cell, begin) in cells.zip(&self.begins) {
            row.push_str(&" ".repeat(begin.saturating_sub(row.chars().count())));
            row.push_str(&cell);
        }
        row.trim_end().to_owned()
    }
}
