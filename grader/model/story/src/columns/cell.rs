//! One step, as short as its column needs it.

use std::collections::BTreeMap;

use crate::trace::{Stale, Step, Story};

/// How much of a step is written out. The first form in which every step fits is the one for all.
#[derive(Debug)]
pub(super) enum Form {
    /// `cache.rs:30  RwLock::read`
    Full,
    /// `30  RwLock::read`, for lines in this file.
    WithoutFile(String),
    /// `30  read`, for lines in this file.
    Bare(String),
}

/// The forms a story can be told in, the longest first.
pub(super) fn forms(story: &Story) -> Vec<Form> {
    match most_frequent_file(story) {
        Some(file) => vec![Form::Full, Form::WithoutFile(file.clone()), Form::Bare(file)],
        None => vec![Form::Full],
    }
}

impl Form {
    /// The file whose name is left out.
    pub(super) fn file(&self) -> Option<&str> {
        match self {
            Self::Full => None,
            Self::WithoutFile(file) | Self::Bare(file) => Some(file),
        }
    }

    /// The step; with the party's name, of `thread 5` the number alone, where a column is shared.
    pub(super) fn cell(&self, step: &Step, name: Option<&str>) -> String {
        let mark = if step.deviates { "> " } else { "  " };
        let who = name.map(|name| format!("{}: ", name.trim_start_matches("thread "))).unwrap_or_default();
        let place = step.place.as_ref().map_or_else(String::new, |place| {
            let is_left_out = self.file() == Some(place.file_name());
            format!("{}  ", if is_left_out { place.lines() } else { place.short() })
        });
        let operation = match self {
            Self::Bare(_) => without_type(&step.operation),
            Self::Full | Self::WithoutFile(_) => &step.operation,
        };
        format!("{mark}{who}{place}{operation}{}", step.outcome())
    }
}

/// `(old: thread 1 stored 7 at :12)`.
pub(super) fn missed(story: &Story, step: &Step, stale: &Stale) -> String {
    let who = story.name(stale.store.party);
    let place = stale.store.place.as_ref().map_or_else(String::new, |place| {
        let is_same_file = step.place.as_ref().is_some_and(|own| own.file == place.file);
        format!(" at {}:{}", if is_same_file { "" } else { place.file_name() }, place.line)
    });
    format!("(old: {who} stored {}{place})", stale.newest)
}

/// `read` out of `RwLock::read`; the arguments may hold `::`, too.
fn without_type(operation: &str) -> &str {
    let name = operation.split('(').next().unwrap_or(operation);
    name.find("::").map_or(operation, |index| &operation[index + 2..])
}

fn most_frequent_file(story: &Story) -> Option<String> {
    let mut counts = BTreeMap::new();
    for place in story.steps.iter().filter_map(|step| step.place.as_ref()).filter(|place| place.file != crate::TEST) {
        *counts.entry(place.file_name()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(file, _)| file.to_owned())
}

/// `text` in lines of at most `width` characters: a value begins a line of its own, arguments may.
pub(super) fn broken(text: &str, width: usize) -> Vec<String> {
    if text.chars().count() <= width {
        return vec![text.to_owned()];
    }
    // The next line is indented, so what stays on this one has to be longer than that.
    let arguments = text.find('(').map_or(text.len(), |index| index.max(4));
    let chars = text.char_indices().take(width + 1);
    let space = chars.filter(|&(index, char)| char == ' ' && index > arguments).last().map(|(index, _)| index);
    match text.rfind(" → ").filter(|index| !text[..*index].trim().is_empty()).or(space) {
        Some(space) => {
            let (head, tail) = text.split_at(space);
            [broken(head, width), broken(&format!("    {}", tail.trim_start()), width)].concat()
        }
        None => vec![fit(text, width)],
    }
}

/// `text` in at most `width` characters; what is cut off leaves a `…`.
pub fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}
