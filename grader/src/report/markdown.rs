//! The little Markdown that contracts and hints are written in, for a terminal.

use super::Paint;
use super::text::wrap;

/// Lines of at most `width` characters. Paragraphs are filled anew; lists keep their items, code its lines.
pub fn lines(markdown: &str, width: usize, paint: Paint) -> Vec<String> {
    let mut page = Page { lines: Vec::new(), paragraph: String::new(), width, paint };
    let mut in_code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            page.end_paragraph();
            in_code = !in_code;
        } else if in_code {
            page.lines.push(format!("    {line}").trim_end().to_owned());
        } else if let Some(heading) = line.strip_prefix('#') {
            page.end_paragraph();
            page.lines.push(paint.strong(heading.trim_start_matches('#').trim()));
        } else if line.trim().is_empty() {
            page.end_paragraph();
            page.gap();
        } else {
            if begins_item(line) || line.starts_with('|') {
                page.end_paragraph();
            }
            let glue = if page.paragraph.is_empty() { "" } else { " " };
            page.paragraph.extend([glue, line.trim_end().trim_start_matches(glue)]);
        }
    }
    page.end_paragraph();
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    page.lines
}

/// A page that is being filled.
struct Page {
    lines: Vec<String>,
    paragraph: String,
    width: usize,
    paint: Paint,
}

impl Page {
    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        // Bold is for the book; a line in a terminal has little room for signs.
        let text = paragraph.replace("**", "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let indent = if begins_item(&paragraph) { text.find(' ').map_or(0, |at| at + 1) } else { 0 };
        for (at, line) in wrap(&text, self.width.saturating_sub(indent).max(20)).into_iter().enumerate() {
            let indent = if at == 0 { 0 } else { indent };
            self.lines.push(format!("{:indent$}{}", "", self.code(&line)));
        }
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Code in backticks is painted where there is paint, and keeps its backticks where there is none.
    fn code(&self, line: &str) -> String {
        if !self.paint.is_on() || line.matches('`').count() % 2 == 1 {
            return line.to_owned();
        }
        let parts = line.split('`').enumerate();
        parts.map(|(at, part)| if at % 2 == 1 { self.paint.strong(part) } else { part.to_owned() }).collect()
    }
}

/// `- an item`, `2. another`.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || (numbered.len() < line.len() && numbered.starts_with(". "))
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::report::Paint;

    #[test]
    fn paragraphs_are_filled_and_items_hang() {
        let text =
            "One two\nthree four.\n\n- an item that is\n  long enough\n- another\n\n```text\n  let x = 1;\n```\n";
        let told = lines(text, 24, Paint::new(false));
        assert_eq!(
            told,
            ["One two three four.", "", "- an item that is long", "  enough", "- another", "", "      let x = 1;"]
        );
    }

    #[test]
    fn code_loses_its_backticks_only_where_it_gets_a_colour() {
        assert_eq!(lines("call `f` twice", 40, Paint::new(false)), ["call `f` twice"]);
        assert_eq!(lines("call `f` twice", 40, Paint::new(true)), ["call \u{1b}[1mf\u{1b}[0m twice"]);
    }
}
