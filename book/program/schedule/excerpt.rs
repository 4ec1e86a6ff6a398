//! The lines of a file that a story comes by.

use std::collections::BTreeSet;

/// A line with its number; or none, where lines are left out.
pub type Line<'t> = Option<(usize, &'t str)>;

/// Every function that one of these lines lies in, or that one of these names belongs to. It goes by the indentation,
/// which formatted code can be trusted with.
pub fn functions<'t>(text: &'t str, numbers: &[u32], names: &[&str]) -> Vec<Line<'t>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shown = BTreeSet::new();
    for number in numbers {
        let at = (*number as usize).saturating_sub(1).min(lines.len().saturating_sub(1));
        let begin = (0..=at).rev().find(|&line| is_head(lines[line]) && indent(lines[line]) < indent(lines[at]));
        shown.extend(begin.map_or_else(|| at..=at, |begin| begin..=end(&lines, begin)));
    }
    for name in names {
        let head = format!("fn {name}(");
        if let Some(begin) = lines.iter().position(|line| is_head(line) && line.contains(&head)) {
            shown.extend(begin..=end(&lines, begin));
        }
    }
    let mut excerpt: Vec<Line> = Vec::new();
    for at in shown {
        if excerpt.last().copied().flatten().is_some_and(|(last, _)| last != at) {
            excerpt.push(None);
        }
        excerpt.push(Some((at + 1, lines[at])));
    }
    excerpt
}

/// The last line of the function that begins there.
fn end(lines: &[&str], begin: usize) -> usize {
    let is_end = |line: &&str| line.trim() == "}" && indent(line) == indent(lines[begin]);
    lines.iter().skip(begin).position(is_end).map_or(begin, |length| begin + length)
}

fn is_head(line: &str) -> bool {
    let line = line.trim_start();
    ["fn ", "pub fn ", "pub(crate) fn "].iter().any(|head| line.starts_with(head))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::functions;

    const TEXT: &str = "\
use something;

impl Map {
    fn get(&self) -> u32 {
        self.lock()

            .value
    }

    fn set(
        &self,
    ) {
        self.lock();
    }
}

fn test() {
    Map.get();
}
";

    fn numbers(lines: &[u32], names: &[&str]) -> Vec<Option<usize>> {
        functions(TEXT, lines, names).into_iter().map(|line| line.map(|(number, _)| number)).collect()
    }

    #[test]
    fn a_line_brings_its_whole_function() {
        assert_eq!(numbers(&[5], &[]), [Some(4), Some(5), Some(6), Some(7), Some(8)]);
        assert_eq!(numbers(&[13], &[]), [Some(10), Some(11), Some(12), Some(13), Some(14)]);
    }

    #[test]
    fn what_is_left_out_between_two_functions_is_a_gap() {
        assert_eq!(numbers(&[13], &["test"])[4..], [Some(14), None, Some(17), Some(18), Some(19)]);
    }

    #[test]
    fn a_line_outside_of_functions_stands_alone() {
        assert_eq!(numbers(&[1], &[]), [Some(1)]);
    }
}
