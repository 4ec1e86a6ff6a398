//! Bars over time.

use std::io::{self, Write};
use std::ops::Range;

use protocol::{Bar, Picture, Row, Unit};

use super::text::plural;
use super::{Paint, WIDTH};

/// Columns of the time axis, where no remark needs the room.
const COLUMNS: usize = 44;
/// A remark beside the bars leaves them at least so many.
const FEW_COLUMNS: usize = 28;
/// Longer labels are cut.
const LABEL: usize = 24;
/// What the last number of the time axis and its unit take, to the right of the bars.
const UNIT: usize = 10;
/// More rows than this are folded.
const ROWS: usize = 14;
/// The time axis has at most this many steps.
const STEPS: u64 = 5;

/// Draws a picture, indented.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn draw(out: &mut dyn Write, picture: &Picture, paint: Paint) -> io::Result<()> {
    let labels = picture.rows.iter().map(|row| label(&row.label).chars().count()).max().unwrap_or(0);
    let left = 4 + labels + 2;
    let scale = Scale { end: picture.end, columns: columns(&picture.rows, left) };
    for line in fold(&picture.rows) {
        match line {
            Line::Row(row) => draw_row(out, row, &scale, left, paint)?,
            Line::Folded(count) => {
                writeln!(out, "{:left$}{}", "", paint.faint(&format!("… {}", plural(count, "more row"))))?;
            }
        }
    }
    writeln!(out, "{:left$}{}", "", paint.faint(&axis(picture.unit, &scale)))?;
    let legend = legend(picture);
    if legend.is_empty() { Ok(()) } else { writeln!(out, "{:left$}{}", "", paint.faint(&legend)) }
}

/// `left` is where the bars begin.
fn draw_row(out: &mut dyn Write, row: &Row, scale: &Scale, left: usize, paint: Paint) -> io::Result<()> {
    let bars = bars(row, scale);
    let head = format!("{:left$}{bars}", format!("    {}", label(&row.label)));
    let Some(note) = &row.note else { return writeln!(out, "{}", head.trim_end()) };
    let length = note.chars().count();
    if left + bars.chars().count() + 4 + length <= WIDTH {
        return writeln!(out, "{head}  {}", paint.notable(&format!("← {note}")));
    }
    // Beside the bars there is no room: below the beginning of the last one, as far to the left as it takes.
    let begins = left + row.bars.last().map_or(0, |bar| scale.span(bar).start);
    let indent = begins.min(WIDTH.saturating_sub(2 + length)).max(4);
    writeln!(out, "{head}\n{:indent$}{}", "", paint.notable(&format!("↑ {note}")))
}

fn label(text: &str) -> String {
    if text.chars().count() <= LABEL {
        return text.to_owned();
    }
    text.chars().take(LABEL - 1).chain(['…']).collect()
}

/// From times to columns.
struct Scale {
    end: u64,
    columns: usize,
}

impl Scale {
    fn column(&self, at: u64) -> usize {
        let column = at.saturating_mul(self.columns as u64).checked_div(self.end).unwrap_or(0);
        usize::try_from(column).unwrap_or(self.columns)
    }

    /// The columns of a bar. Anything that happened is worth one.
    fn span(&self, bar: &Bar) -> Range<usize> {
        let (from, to) = (self.column(bar.start), self.column(bar.end.unwrap_or(self.end)));
        let last = to.max(from + 1).min(self.columns);
        from.min(last - 1)..last
    }
}

/// As many columns as leave room for the remarks, if those are enough to see something.
fn columns(rows: &[Row], left: usize) -> usize {
    let longest = rows.iter().filter_map(|row| row.note.as_ref()).map(|note| note.chars().count()).max();
    let most = COLUMNS.min(WIDTH - left - UNIT);
    let room = longest.map_or(most, |longest| WIDTH.saturating_sub(left + 4 + longest));
    if room < FEW_COLUMNS { most } else { room.min(most) }
}

/// A line of the picture.
enum Line<'p> {
    Row(&'p Row),
    Folded(usize),
}

/// The first rows, and those with a remark in any case.
fn fold(rows: &[Row]) -> Vec<Line<'_>> {
    if rows.len() <= ROWS {
        return rows.iter().map(Line::Row).collect();
    }
    let late = rows.iter().skip(ROWS).filter(|row| row.note.is_some()).count();
    let first = ROWS.saturating_sub(late);
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match lines.last_mut() {
            _ if at < first || row.note.is_some() => lines.push(Line::Row(row)),
            Some(Line::Folded(count)) => *count += 1,
            _ => lines.push(Line::Folded(1)),
        }
    }
    lines
}

fn bars(row: &Row, scale: &Scale) -> String {
    let mut cells = vec![' '; scale.columns];
    for bar in &row.bars {
        let span = scale.span(bar);
        let last = span.end - 1;
        let seam = span.len() > 1 && row.bars.iter().any(|next| scale.span(next).start == span.end);
        cells[span].fill('█');
        cells[last] = tip(bar, seam);
    }
    String::from_iter(cells).trim_end().to_owned()
}

/// How a bar ends: still going on, dropped, done and followed by another one at once, or done.
fn tip(bar: &Bar, seam: bool) -> char {
    match (bar.end, bar.cancelled) {
        (None, _) => '▶',
        (Some(_), true) => '×',
        (Some(_), false) if seam => '▊',
        (Some(_), false) => '█',
    }
}

/// `0          10         20         30 ms`.
fn axis(unit: Unit, scale: &Scale) -> String {
    if unit == Unit::Steps {
        return "→ in the order of events".to_owned();
    }
    let step = step(scale.end);
    let mut line = String::new();
    for at in (0..=scale.end / step).map(|tick| tick * step) {
        let gap = scale.column(at).saturating_sub(line.chars().count());
        line.push_str(&" ".repeat(gap));
        line.push_str(&at.to_string());
    }
    line + " ms"
}

/// A round number: 1, 2 or 5, times a power of ten.
fn step(end: u64) -> u64 {
    let powers = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let mut round = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    round.find(|step| end / step <= STEPS).unwrap_or(u64::MAX)
}

/// What the signs at the ends of bars mean, as far as there are any.
fn legend(picture: &Picture) -> String {
    let bars = || picture.rows.iter().flat_map(|row| &row.bars);
    let dropped = bars().any(|bar| bar.cancelled && bar.end.is_some()).then_some("× dropped before its end");
    let open = bars().any(|bar| bar.end.is_none()).then_some("▶ still going on");
    [dropped, open].into_iter().flatten().collect::<Vec<_>>().join("   ")
}
