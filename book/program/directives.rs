//! What is put into pages while the book is built: figures that can be played with (`{{#timeline worker-pool}}`,
//! `{{#schedule concurrent-map/m55_check_then_insert}}`, recorded at that moment), pages made from all chapters (`{{#symptoms}}`,
//! `{{#from-go}}`, `{{#progress}}`), each on a line of its own; frames around questions and boxes around exercises.

use anyhow::{Context, Result};
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::{boxes, from_go, quiz, schedule, symptoms, timeline};

/// The preprocessor that puts all of it in.
pub struct Directives;

impl Preprocessor for Directives {
    fn name(&self) -> &str {
        "directives"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut outcome = Ok(());
        book.for_each_chapter_mut(|chapter| {
            let path = chapter.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
            let made = made(&chapter.content, path.trim_end_matches(".md"));
            match made.with_context(|| format!("cannot make the page of book/src/{path}")) {
                Ok(content) => chapter.content = content,
                Err(error) if outcome.is_ok() => outcome = Err(error),
                Err(_) => {}
            }
        });
        outcome.map(|()| book)
    }
}

fn made(page: &str, name: &str) -> Result<String> {
    boxes::boxed(&quiz::framed(&filled(page)?)?, name)
}

/// The page with everything in its place that a line asks for.
fn filled(page: &str) -> Result<String> {
    let mut shown = String::with_capacity(page.len());
    for line in page.lines() {
        match content(line).with_context(|| line.to_owned())? {
            Some(content) => shown.push_str(&content),
            None => shown.push_str(line),
        }
        shown.push('\n');
    }
    Ok(shown)
}

fn content(line: &str) -> Result<Option<String>> {
    let Some(directive) = line.strip_prefix("{{#").and_then(|rest| rest.strip_suffix("}}")) else { return Ok(None) };
    match directive.split_once(' ').unwrap_or((directive, "")) {
        ("timeline", name) => timeline::figure(name.trim()).map(Some),
        ("schedule", name) => schedule::figure(name.trim()).map(Some),
        ("symptoms", _) => symptoms::page().map(Some),
        ("from-go", _) => from_go::page().map(Some),
        ("progress", _) => boxes::progress().map(Some),
        _ => Ok(None),
    }
}

/// Text as it stands in a page, in an attribute too.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Data for a script of the page.
pub fn embedded(data: &impl serde::Serialize) -> Result<String> {
    let json = serde_json::to_string(data).context("cannot write a recording as JSON")?;
    // A `<` can only stand in a string there, and `</script>` would end the element.
    Ok(format!("<script type=\"application/json\">{}</script>", json.replace('<', "\\u003c")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_asks_for_nothing_stays_as_it_is() {
        let page = "# Title\n\n{{#title Something}}\n\nIn text, `{{#timeline …}}` asks for nothing.\n";
        assert_eq!(filled(page).expect("there is nothing to record"), page);
    }

    #[test]
    fn a_name_that_is_not_known_is_told_with_those_that_are() {
        let error = |page| format!("{:#}", filled(page).expect_err("nobody knows this"));
        let said = error("# Title\n{{#timeline worker-pol}}\n");
        assert!(said.contains("there is no timeline `worker-pol`; these are known: worker-pool, fan-out"), "{said}");
        let said = error("# Title\n{{#schedule concurrent-map}}\n");
        assert!(said.contains("these are known: concurrent-map/m55_check_then_insert, "), "{said}");
    }

    #[test]
    fn data_cannot_end_its_element() {
        assert_eq!(
            embedded(&"</script>").expect("text is data"),
            "<script type=\"application/json\">\"\\u003c/script>\"</script>"
        );
    }
}
