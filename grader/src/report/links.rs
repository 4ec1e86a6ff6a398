//! Paths that a click opens, where the terminal can do that.

use std::path::Path;

/// Makes links of a path, wherever it stands in a line, with its line number if one follows.
#[derive(Debug, Clone)]
pub struct Links {
    shown: String,
    target: String,
    /// Whether the target can name a line.
    lines: bool,
}

impl Links {
    /// Links from the path as people see it to the file. An editor's own terminal opens the line, too.
    pub fn new(shown: String, file: &Path, in_vs_code: bool) -> Self {
        let path = file.display().to_string().replace('\\', "/").replace(' ', "%20");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let scheme = if in_vs_code { "vscode://file" } else { "file://" };
        Self { shown, target: format!("{scheme}{path}"), lines: in_vs_code }
    }

    /// The line with links in it.
    pub fn link(&self, line: &str) -> String {
        let Some((before, after)) = line.split_once(&self.shown) else { return line.to_owned() };
        let length = place(after);
        let place = &after[..length];
        let target = if self.lines { format!("{}{place}", self.target) } else { self.target.clone() };
        let text = format!("{}{place}", self.shown);
        format!("{before}\u{1b}]8;;{target}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\{}", self.link(&after[length..]))
    }
}

/// The length of `:31:16` at the beginning.
fn place(text: &str) -> usize {
    let mut length = 0;
    for _ in 0..2 {
        let Some(number) = text[length..].strip_prefix(':') else { break };
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            break;
        }
        length += 1 + digits;
    }
    length
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Links;

    #[test]
    fn a_path_is_a_link_with_its_line_where_the_editor_understands_that() {
        let links = |vs_code| Links::new("src/a.rs".to_owned(), Path::new("/home/my book/src/a.rs"), vs_code);
        let line = "  --> src/a.rs:31:16 and";
        let shown = |target: &str| format!("  --> \u{1b}]8;;{target}\u{1b}\\src/a.rs:31:16\u{1b}]8;;\u{1b}\\ and");
        assert_eq!(links(false).link(line), shown("file:///home/my%20book/src/a.rs"));
        assert_eq!(links(true).link(line), shown("vscode://file/home/my%20book/src/a.rs:31:16"));
        assert_eq!(links(false).link("nothing here"), "nothing here");
    }
}
