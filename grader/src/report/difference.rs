//! A solution beside one's own text.

use similar::{ChangeTag, TextDiff};

use super::Paint;

/// Every line of both: `-` stands in one's own text only, `+` in the solution only.
pub fn difference(own: &str, solution: &str, paint: Paint) -> Vec<String> {
    let diff = TextDiff::from_lines(own, solution);
    let lines = diff.iter_all_changes().map(|change| {
        let text = change.value().trim_end();
        match change.tag() {
            ChangeTag::Equal => format!("  {text}").trim_end().to_owned(),
            ChangeTag::Delete => paint.bad(format!("- {text}").trim_end()),
            ChangeTag::Insert => paint.good(format!("+ {text}").trim_end()),
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::report::Paint;

    #[test]
    fn own_lines_are_marked_with_minus_and_those_of_the_solution_with_plus() {
        let own = "fn f() {\r\n    1\r\n}\r\n".replace("\r\n", "\n");
        let told = difference(&own, "fn f() {\n    2\n}\n", Paint::new(false));
        assert_eq!(told, ["  fn f() {", "-     1", "+     2", "  }"]);
    }
}
