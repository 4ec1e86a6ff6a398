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

/// The beginning of a line that fits into `width` columns. Escape sequences take no room; where something is cut off,
/// colours and links end there.
pub fn clip(line: &str, width: usize) -> String {
    let (mut clipped, mut taken, mut rest) = (String::new(), 0, line);
    while let Some(first) = rest.chars().next() {
        let sequence = escape_sequence(rest);
        if sequence == 0 && taken == width {
            let ending = if line.contains('\u{1b}') { "\u{1b}[0m\u{1b}]8;;\u{1b}\\" } else { "" };
            return clipped + ending;
        }
        let length = if sequence == 0 { first.len_utf8() } else { sequence };
        taken += usize::from(sequence == 0);
        clipped.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    clipped
}

/// A line in pieces that fit into `width` columns; colours go on in the next piece.
pub fn fold(line: &str, width: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut taken, mut rest) = (Vec::new(), String::new(), 0, line);
    let mut colours = String::new();
    while let Some(first) = rest.chars().next() {
        let sequence = escape_sequence(rest);
        if sequence == 0 && taken == width.max(1) {
            let reset = if colours.is_empty() { "" } else { "\u{1b}[0m" };
            pieces.push(std::mem::replace(&mut piece, colours.clone()) + reset);
            taken = 0;
        }
        let (part, after) = rest.split_at(if sequence == 0 { first.len_utf8() } else { sequence });
        taken += usize::from(sequence == 0);
        piece.push_str(part);
        match part {
            "\u{1b}[0m" => colours.clear(),
            _ if part.starts_with("\u{1b}[") && part.ends_with('m') => colours.push_str(part),
            _ => {}
        }
        rest = after;
    }
    pieces.push(piece);
    pieces
}

/// The length of the escape sequence at the beginning of a text, if there is one: for colours, or for a link.
fn escape_sequence(text: &str) -> usize {
    let end = match text.as_bytes() {
        [0x1b, b'[', ..] => text[2..].find(|c: char| ('@'..='~').contains(&c)).map(|at| at + 3),
        [0x1b, b']', ..] => text.find("\u{1b}\\").map(|at| at + 2),
        _ => None,
    };
    end.unwrap_or(0)
}

/// `███████░░░░░`: how much of the whole is done. It is full only when all of it is.
pub fn bar(done: usize, total: usize, width: usize) -> String {
    let full = (done * width).checked_div(total).unwrap_or(width).min(width);
    format!("{}{}", "█".repeat(full), "░".repeat(width - full))
}

/// The text without escape sequences, those of links included.
pub fn plain(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(first) = rest.chars().next() {
        let sequence = escape_sequence(rest);
        if sequence == 0 {
            plain.push(first);
        }
        rest = &rest[sequence.max(if sequence == 0 { first.len_utf8() } else { 0 })..];
    }
    plain
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
    use super::{bar, clip, fold, lines, list, plural, without_colours, wrap};

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
    fn a_line_is_clipped_without_counting_colours_and_links() {
        assert_eq!(clip("abcd", 3), "abc");
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("\u{1b}[31mabcd", 2), "\u{1b}[31mab\u{1b}[0m\u{1b}]8;;\u{1b}\\");
        let link = "\u{1b}]8;;file:///a\u{1b}\\abc\u{1b}]8;;\u{1b}\\";
        assert_eq!(clip(link, 3), link);
        assert_eq!(clip("cut off \u{1b}[3", 80), "cut off \u{1b}[3");
    }

    #[test]
    fn a_line_is_folded_and_its_colours_go_on() {
        assert_eq!(fold("abcde", 2), ["ab", "cd", "e"]);
        assert_eq!(fold("", 2), [""]);
        let red = "\u{1b}[31mabc\u{1b}[0md";
        assert_eq!(fold(red, 2), ["\u{1b}[31mab\u{1b}[0m", "\u{1b}[31mc\u{1b}[0md"]);
    }

    #[test]
    fn a_bar_is_full_only_when_everything_is_done() {
        assert_eq!((bar(0, 8, 4), bar(7, 8, 4), bar(8, 8, 4)), ("░░░░".into(), "███░".into(), "████".into()));
        assert_eq!(bar(0, 0, 2), "██");
    }

    #[test]
    fn colours_are_taken_away_and_nothing_else() {
        assert_eq!(without_colours("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: [E0382]"), "error: [E0382]");
        assert_eq!(without_colours("cut off \u{1b}[3"), "cut off ");
    }
}
