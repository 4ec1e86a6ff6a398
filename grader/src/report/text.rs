//! Words and lines.

/// Breaks text at spaces into lines of at most `width` characters. The line ends it has are kept; a word that is too
/// long for a line is cut.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim_end();
        while let Some((limit, _)) = rest.char_indices().nth(width) {
            let space = rest[..limit].rfind(' ').filter(|at| !rest[..*at].trim().is_empty());
            // A space right behind the limit is as good as one before it.
            let cut = if rest[limit..].starts_with(' ') { limit } else { space.unwrap_or(limit) };
            lines.push(rest[..cut].trim_end().to_owned());
            rest = rest[cut..].trim_start();
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// `1 promise`, `3 promises`.
pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// `1`, `1 and 2`, `1, 2 and 3`.
pub fn list<T: ToString>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            format!("{} and {}", first.join(", "), last.to_string())
        }
    }
}

/// `line 3`, `lines 3 and 8`.
pub fn lines(numbers: &[u32]) -> String {
    format!("{} {}", if numbers.len() == 1 { "line" } else { "lines" }, list(numbers))
}

/// The text without escape sequences that set colours.
pub fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{lines, list, plural, without_colours, wrap};

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one two three", 13), ["one two three"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(wrap("ab abcdefgh", 4), ["ab", "abcd", "efgh"]);
        assert_eq!(wrap("žluťoučký", 4), ["žluť", "oučk", "ý"]);
    }

    #[test]
    fn line_ends_are_kept() {
        assert_eq!(wrap("left: 1\n  right: 2\n", 20), ["left: 1", "  right: 2"]);
        assert_eq!(wrap("", 20), Vec::<String>::new());
    }

    #[test]
    fn numbers_agree_with_what_they_count() {
        assert_eq!((plural(1, "row"), plural(2, "row")), ("1 row".to_owned(), "2 rows".to_owned()));
        assert_eq!((lines(&[3]), lines(&[3, 8, 9])), ("line 3".to_owned(), "lines 3, 8 and 9".to_owned()));
        assert_eq!(list::<u32>(&[]), "");
    }

    #[test]
    fn colours_are_taken_away_and_nothing_else() {
        assert_eq!(without_colours("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: [E0382]"), "error: [E0382]");
        assert_eq!(without_colours("cut off \u{1b}[3"), "cut off ");
    }
}
