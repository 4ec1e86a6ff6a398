//! Bars over time.

use std::io::{self, Write};

use protocol::{Bar, Picture, Row, Unit};

use super::Paint;

/// Columns of the time axis.
const COLUMNS: u64 = 44;
/// Longer labels are cut.
const LABEL: usize = 16;
/// More rows than this are folded.
const ROWS: usize = 14;

/// Draws a picture, indented.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn draw(out: &mut dyn Write, picture: &Picture, paint: Paint) -> io::Result<()> {
    let labels = picture.rows.iter().map(|row| row.label.chars().count().min(LABEL)).max().unwrap_or(0);
    let (shown, hidden) = fold(&picture.rows);
    for row in shown {
        let label: String = row.label.chars().take(LABEL).collect();
        let bars = bars(row, picture.end);
        let note = row.note.as_ref().map(|note| paint.notable(&format!("  ← {note}"))).unwrap_or_default();
        let line = if row.note.is_some() { bars } else { bars.trim_end().to_owned() };
        writeln!(out, "    {label:labels$}  {line}{note}")?;
    }
    if hidden > 0 {
        writeln!(out, "    {}", paint.faint(&format!("{:labels$}  … and {hidden} more rows", "")))?;
    }
    writeln!(out, "    {}", paint.faint(&format!("{:labels$}  {}", "", axis(picture))))
}

/// The first rows, and the one with a remark in any case.
fn fold(rows: &[Row]) -> (Vec<&Row>, usize) {
    if rows.len() <= ROWS {
        return (rows.iter().collect(), 0);
    }
    let noted = rows.iter().position(|row| row.note.is_some()).filter(|at| *at >= ROWS);
    let first = if noted.is_some() { ROWS - 1 } else { ROWS };
    let shown: Vec<&Row> = rows.iter().take(first).chain(noted.map(|at| &rows[at])).collect();
    let hidden = rows.len() - shown.len();
    (shown, hidden)
}

fn bars(row: &Row, end: u64) -> String {
    let mut cells = vec![' '; usize::try_from(COLUMNS).unwrap_or(0)];
    for bar in &row.bars {
        let (from, to) = (column(bar.start, end), column(bar.end.unwrap_or(end), end));
        // Anything that happened is worth a column.
        let last = to.max(from + 1).min(cells.len());
        let from = from.min(last - 1);
        cells[from..last].fill('█');
        cells[last - 1] = tip(bar);
    }
    let used = cells.iter().rposition(|cell| *cell != ' ').map_or(0, |at| at + 1);
    cells[..used].iter().collect()
}

/// How a bar ends: done, dropped, or still going on.
fn tip(bar: &Bar) -> char {
    match (bar.end, bar.cancelled) {
        (None, _) => '▶',
        (Some(_), true) => '×',
        (Some(_), false) => '█',
    }
}

fn column(at: u64, end: u64) -> usize {
    usize::try_from(at.saturating_mul(COLUMNS).checked_div(end).unwrap_or(0)).unwrap_or(0)
}

/// `0          10         20         30 ms`.
fn axis(picture: &Picture) -> String {
    if picture.unit == Unit::Steps {
        return "→ in the order of events".to_owned();
    }
    let mut line = String::new();
    for tick in 0..4 {
        let at = picture.end * tick / 3;
        let column = column(at, picture.end);
        let width = line.chars().count();
        if width > column && tick > 0 {
            continue;
        }
        line.push_str(&" ".repeat(column - width));
        line.push_str(&at.to_string());
    }
    line.push_str(" ms");
    line
}
