//! What other pages are made from: the tables of the chapters, the catalogue of wrong ideas, the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::pages::root;

/// A chapter of a lesson.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// `01-worker-pools`.
    pub slug: String,
    /// `Worker pools`.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// All chapters of lessons, in order.
pub fn chapters() -> Result<Vec<Chapter>> {
    let folder = root().join("src");
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut chapters = Vec::new();
    for path in paths {
        let slug = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let is_lesson = slug.starts_with(|c: char| c.is_ascii_digit());
        if !is_lesson || path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = read(&path)?;
        let title = text.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
        chapters.push(Chapter { slug, title, text });
    }
    Ok(chapters)
}

impl Chapter {
    /// The rows of the table in a section, cell by cell; the heading is not among them.
    pub fn rows(&self, section: &str) -> Vec<Vec<String>> {
        let lines = self.text.lines().skip_while(|line| *line != format!("## {section}")).skip(1);
        let rows = lines.take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with('|'));
        rows.skip(2).map(cells).collect()
    }
}

/// The cells of a row. A `|` in one is written `\|`.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|').replace("\\|", "\u{0}");
    let row = row.strip_suffix('|').unwrap_or(&row);
    row.split('|').map(|cell| cell.trim().replace('\u{0}', "\\|")).collect()
}

/// Wrong ideas by number.
pub fn ideas() -> Result<BTreeMap<String, String>> {
    let text = read(&hidden().join("misconceptions.toml"))?;
    let ideas = text.lines().filter_map(|line| {
        let (id, idea) = line.split_once(" = ")?;
        Some((id.trim().to_owned(), idea.trim().trim_matches('\'').to_owned()))
    });
    Ok(ideas.collect())
}

/// The exercises whose tests reject an idea, as lesson and slug, by the idea's number.
pub fn rejected() -> Result<BTreeMap<String, BTreeSet<(String, String)>>> {
    let mut rejected: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for (lesson, slug, folder) in exercises()? {
        for file in ["tests.rs", "model.rs"].map(|name| folder.join(name)).into_iter().filter(|path| path.is_file()) {
            let text = read(&file)?;
            for ids in text.split("rejects(").skip(1).filter_map(|rest| rest.split_once(')')) {
                for id in ids.0.split(',').map(|id| id.trim().to_owned()) {
                    rejected.entry(id).or_default().insert((lesson.clone(), slug.clone()));
                }
            }
        }
    }
    Ok(rejected)
}

/// Every exercise: lesson, slug, and the folder of its tests.
pub fn exercises() -> Result<Vec<(String, String, PathBuf)>> {
    let mut exercises = Vec::new();
    for chapter in chapters()? {
        let folder = hidden().join(&chapter.slug);
        for line in read(&folder.join("lesson.toml"))?.lines() {
            if let Some(slug) = line.strip_prefix("slug = \"").and_then(|rest| rest.strip_suffix('"')) {
                let tests = folder.join(slug.replace('-', "_"));
                exercises.push((chapter.slug.clone(), slug.to_owned(), tests));
            }
        }
    }
    Ok(exercises)
}

/// The text with numbers of wrong ideas as links to them; in code they stay.
pub fn with_links(text: &str, page: &str) -> String {
    let mut linked = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            linked.push('`');
        }
        if at % 2 == 1 {
            linked.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some(found) = rest.find('M') {
            let (before, id) = rest.split_at(found);
            let digits = id.get(1..3).is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()));
            let alone = !before.ends_with(|c: char| c.is_alphanumeric() || c == '[' || c == '#')
                && !id.get(3..).is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric()));
            linked.push_str(before);
            let length = if digits && alone {
                linked.push_str(&format!("[{}]({page}#{})", &id[..3], id[..3].to_lowercase()));
                3
            } else {
                linked.push('M');
                1
            };
            rest = &id[length..];
        }
        linked.push_str(rest);
    }
    linked
}

fn hidden() -> PathBuf {
    root().join("../grader/hidden")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_ideas_become_links_outside_of_code() {
        let linked = with_links("so (M15, M72), `M15`, HM15 and M150", "symptoms.md");
        assert_eq!(linked, "so ([M15](symptoms.md#m15), [M72](symptoms.md#m72)), `M15`, HM15 and M150");
    }

    #[test]
    fn a_row_is_cut_into_cells_and_an_escaped_bar_is_none() {
        assert_eq!(cells("| a `x \\| y` | b | "), ["a `x \\| y`", "b"]);
    }
}
