//! From entries to a picture.

use std::collections::HashMap;

use protocol::{Bar, Picture, Row};

use super::Entry;
use crate::clock;

/// One row per label in order of appearance; `note` belongs to the row of that label.
pub(super) fn picture(entries: &[Entry], note: Option<(&str, String)>) -> Option<Picture> {
    if entries.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut row_of: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        let row = *row_of.entry(&entry.label).or_insert_with(|| {
            rows.push(Row { label: entry.label.clone(), bars: Vec::new(), note: None });
            rows.len() - 1
        });
        rows[row].bars.push(Bar { start: entry.start, end: entry.end, cancelled: entry.cancelled });
    }
    if let Some((label, text)) = note {
        rows[row_of[label]].note = Some(text);
    }
    let last = entries.iter().map(|entry| entry.end.unwrap_or(entry.start + 1)).max().unwrap_or(0);
    Some(Picture { unit: clock::unit(), end: last, rows })
}
