//! Recordings in the pages: `{{#timeline worker-pool}}` and `{{#schedule concurrent-map/m55_check_then_insert}}`, on a
//! line of their own, become figures that can be played with. What they show is recorded while the book is built.

use anyhow::{Context, Result};
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::{schedule, timeline};

/// The preprocessor that puts the figures in.
pub struct Recordings;

impl Preprocessor for Recordings {
    fn name(&self) -> &str {
        "recordings"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut outcome = Ok(());
        book.for_each_chapter_mut(|chapter| {
            let figures = with_figures(&chapter.content).with_context(|| {
                let page = chapter.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
                format!("cannot put a recording into book/src/{page}")
            });
            match figures {
                Ok(content) => chapter.content = content,
                Err(error) if outcome.is_ok() => outcome = Err(error),
                Err(_) => {}
            }
        });
        outcome.map(|()| book)
    }
}

/// The page with figures in the places that ask for them.
fn with_figures(page: &str) -> Result<String> {
    let mut shown = String::with_capacity(page.len());
    for line in page.lines() {
        match figure(line).with_context(|| line.to_owned())? {
            Some(figure) => shown.push_str(&figure),
            None => shown.push_str(line),
        }
        shown.push('\n');
    }
    Ok(shown)
}

fn figure(line: &str) -> Result<Option<String>> {
    let Some((kind, name)) = line.strip_prefix("{{#").and_then(|rest| rest.strip_suffix("}}")?.split_once(' ')) else {
        return Ok(None);
    };
    match kind {
        "timeline" => timeline::figure(name.trim()).map(Some),
        "schedule" => schedule::figure(name.trim()).map(Some),
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
    fn a_page_without_recordings_stays_as_it_is() {
        let page = "# Title\n\n{{#title Something}}\n\nIn text, `{{#timeline …}}` asks for nothing.\n";
        assert_eq!(with_figures(page).expect("there is nothing to record"), page);
    }

    #[test]
    fn a_name_that_is_not_known_is_told_with_those_that_are() {
        let error = |page| format!("{:#}", with_figures(page).expect_err("nobody knows this"));
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
