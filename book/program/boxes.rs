//! Boxes around exercises: what to type to work on one, and, while the book is served, how it stands.

use anyhow::Result;

use crate::chapters::exercises;

/// The chapter with a box below the heading of each of its exercises.
pub fn boxed(page: &str, lesson: &str) -> Result<String> {
    let mut boxed = page.to_owned();
    for (of, slug, _) in exercises()?.into_iter().filter(|(of, ..)| of == lesson) {
        let heading = format!("\n### {slug}\n");
        let html = format!(
            "{heading}\n<div class=\"exercise\" data-exercise=\"{of}/{slug}\">\n\
             <p>Work on it: <code>cargo grader watch {slug}</code></p>\n\
             <div class=\"standing\" role=\"status\"></div>\n</div>\n"
        );
        boxed = boxed.replacen(&heading, &html, 1);
    }
    Ok(boxed)
}

#[cfg(test)]
mod tests {
    use super::boxed;

    #[test]
    fn each_exercise_of_the_lesson_gets_its_box() {
        let page = "# Title\n\n### fan-in\n\nText.\n\n### another section\n";
        insta::assert_snapshot!(boxed(page, "02-fan-out-fan-in").expect("the exercises are known"));
        assert_eq!(boxed(page, "introduction").expect("it has none"), page);
    }
}
