//! One step, as short as its column needs it.

use std::collections::BTreeMap;

use super::Columns;
use crate::trace::{Step, Story};

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

impl Form {
    pub(super) fn for_story(story: &Story, columns: &Columns) -> Self {
        let Some(file) = most_frequent_file(story) else { return Self::Full };
        let forms = [Self::Full, Self::WithoutFile(file.clone())];
        let fits = |form: &Self| {
            story.steps.iter().all(|step| {
                let shared = columns.is_shared(columns.column(step.party));
                let name = story.parties.get(step.party as usize).filter(|_| shared).map(|party| party.name.as_str());
                form.cell(step, name).chars().count() <= columns.width
            })
        };
        forms.into_iter().find(fits).unwrap_or(Self::Bare(file))
    }

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
            if self.file() == Some(place.file_name()) {
                return format!("{}  ", place.line);
            }
            format!("{}:{}  ", place.file_name(), place.line)
        });
        let operation = match self {
            Self::Bare(_) => without_type(&step.operation),
            Self::Full | Self::WithoutFile(_) => &step.operation,
        };
        let value = step.value.as_ref().map(|value| format!(" → {value}")).unwrap_or_default();
        format!("{mark}{who}{place}{operation}{value}")
    }
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

/// `text` in at most `width` characters.
pub(super) fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}
