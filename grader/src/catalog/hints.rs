//! The hint ladder of an exercise, and its solution.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Exercise, Workbook};

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// `A question about the contract`.
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// The rungs, in order. The last one, the solution, is not among them.
///
/// # Errors
///
/// If they cannot be read.
pub fn hints(exercise: &Exercise) -> Result<Vec<Rung>> {
    let path = exercise.hidden.join("hints.md");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read the hints in {}", path.display()))?;
    Ok(rungs(&text))
}

/// The solution that is compared with one's own.
pub fn solution(workbook: &Workbook, exercise: &Exercise) -> PathBuf {
    workbook.root.join("solutions").join(&exercise.lesson).join("src").join(&exercise.module).with_extension("rs")
}

fn rungs(text: &str) -> Vec<Rung> {
    let sections = text.split("\n## ").map(|section| section.strip_prefix("## ").unwrap_or(section));
    let rungs = sections.filter_map(|section| section.split_once('\n'));
    let rungs = rungs.map(|(title, text)| Rung { title: title.trim().to_owned(), text: text.trim().to_owned() });
    rungs.filter(|rung| !rung.title.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::rungs;

    #[test]
    fn a_rung_is_a_section() {
        let rungs = rungs("## One\n\nfirst\n\n## Two\n\nsecond\n");
        let told: Vec<(&str, &str)> = rungs.iter().map(|rung| (rung.title.as_str(), rung.text.as_str())).collect();
        assert_eq!(told, [("One", "first"), ("Two", "second")]);
    }
}
