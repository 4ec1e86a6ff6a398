//! Boxes around exercises: what to type to work on one, and, while the book is served, how it stands. And how all of them
//! stand, at a glance.

use std::fmt::Write;

use anyhow::Result;

use crate::chapters::{chapters, exercises};
use crate::directives::escaped;

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

/// All exercises, lesson by lesson. Only `theme/live.js` shows it, since without verdicts it says nothing.
pub fn progress() -> Result<String> {
    let exercises = exercises()?;
    let mut html = String::from("<section class=\"progress\" aria-label=\"How you stand\" hidden>\n");
    html.push_str("<p class=\"total\" role=\"status\"></p>\n<ul>\n");
    for chapter in chapters()? {
        let lesson = &chapter.slug;
        let _ = writeln!(html, "<li><a href=\"{lesson}.html\">{}</a>\n<ul>", escaped(&chapter.title));
        for (_, slug, _) in exercises.iter().filter(|(of, ..)| of == lesson) {
            let _ = writeln!(
                html,
                "<li><a href=\"{lesson}.html#{slug}\" data-exercise=\"{lesson}/{slug}\">{slug}</a></li>"
            );
        }
        html.push_str("</ul>\n</li>\n");
    }
    html.push_str("</ul>\n</section>");
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::{boxed, progress};
    use crate::chapters::exercises;

    #[test]
    fn each_exercise_of_the_lesson_gets_its_box() {
        let page = "# Title\n\n### fan-in\n\nText.\n\n### another section\n";
        insta::assert_snapshot!(boxed(page, "02-fan-out-fan-in").expect("the exercises are known"));
        assert_eq!(boxed(page, "introduction").expect("it has none"), page);
    }

    #[test]
    fn every_exercise_is_in_the_list_and_no_line_of_it_is_blank() {
        let list = progress().expect("the exercises are known");
        for (lesson, slug, _) in exercises().expect("the exercises are known") {
            assert_eq!(list.matches(&format!("data-exercise=\"{lesson}/{slug}\"")).count(), 1, "{slug}");
        }
        assert!(list.lines().all(|line| !line.trim().is_empty()), "in Markdown, that would end it:\n{list}");
    }
}
