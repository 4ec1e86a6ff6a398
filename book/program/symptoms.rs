//! From a symptom to the idea behind it and its repair: the tables of all chapters, put together.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, bail};

use crate::chapters::{Chapter, chapters, ideas, rejected};

/// A row of a chapter's table.
struct Row<'c> {
    chapter: &'c Chapter,
    symptom: String,
    belief: String,
    repair: String,
}

/// The page's content, in Markdown.
pub fn page() -> Result<String> {
    let (chapters, ideas, rejected) = (chapters()?, ideas()?, rejected()?);
    let mut by_idea: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
    let mut page = String::from("## By what you see\n");
    for chapter in &chapters {
        let _ = writeln!(
            page,
            "\n### {}\n\n| What you see | The idea behind it | What helps |\n|---|---|---|",
            chapter.title
        );
        for cells in chapter.rows("When it goes wrong") {
            let [symptom, idea, repair] = cells.as_slice() else {
                bail!("{}: a row without three cells", chapter.slug)
            };
            let repair = repair.replace("](#", &format!("]({}.md#", chapter.slug));
            // Some mistakes are of one lesson alone and have no number.
            let (ids, belief) = idea.split_once(": ").filter(|(ids, _)| ids.starts_with('M')).unwrap_or(("", idea));
            let ids: Vec<&str> = ids.split(", ").filter(|id| !id.is_empty()).collect();
            if let Some(unknown) = ids.iter().find(|id| !ideas.contains_key(**id)) {
                bail!("{}: {idea:?} names {unknown}, which is not in the catalogue", chapter.slug);
            }
            let links: Vec<String> = ids.iter().map(|id| format!("[{id}](#{})", id.to_lowercase())).collect();
            let colon = if links.is_empty() { "" } else { ": " };
            let _ = writeln!(page, "| {symptom} | {}{colon}{belief} | {repair} |", links.join(", "));
            for id in ids {
                by_idea.entry(id.to_owned()).or_default().push(Row {
                    chapter,
                    symptom: symptom.clone(),
                    belief: belief.to_owned(),
                    repair: repair.clone(),
                });
            }
        }
    }
    page.push_str("\n## By idea\n");
    for (id, idea) in &ideas {
        let (rows, exercises) = (by_idea.get(id), rejected.get(id));
        let _ = writeln!(page, "\n### {id}\n\n**{idea}.**\n");
        for row in rows.into_iter().flatten() {
            let (slug, title) = (&row.chapter.slug, &row.chapter.title);
            let _ = writeln!(
                page,
                "- *{}.* Behind it: {}. What helps: {}. ([{title}]({slug}.md#when-it-goes-wrong))",
                row.symptom, row.belief, row.repair
            );
        }
        if let Some(exercises) = exercises {
            let links: Vec<String> =
                exercises.iter().map(|(lesson, slug)| format!("[{slug}]({lesson}.md#{slug})")).collect();
            let _ = writeln!(page, "\nExercises that catch it: {}.", links.join(", "));
        }
        if rows.is_none() && exercises.is_none() {
            let _ = writeln!(page, "\nIn a lesson that is still to come.");
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_idea_has_its_place_and_nearly_all_a_repair() {
        let page = page().expect("the chapters can be read");
        let ideas = ideas().expect("the catalogue can be read");
        assert_eq!(ideas.len(), 93);
        for id in ideas.keys() {
            assert!(page.contains(&format!("\n### {id}\n")), "{id}");
        }
        let missing = page.matches("still to come").count();
        assert!(missing <= 12, "{missing} ideas are in no chapter and no exercise");
    }
}
