//! Quizzes. In a chapter a question is plain Markdown: its number, its answers as a list, and the reasons folded away. That is
//! also what readers without JavaScript see. Here each question gets a frame that tells `theme/quiz.js` which answer is right.

use anyhow::{Result, bail};

use crate::chapters::with_links;

/// The chapter with frames around the questions of its quiz, and links from wrong answers to the ideas behind them.
pub fn framed(page: &str) -> Result<String> {
    let Some((before, quiz)) = page.split_once("\n## Quiz\n") else { return Ok(page.to_owned()) };
    let (quiz, after) = quiz.find("\n## ").map_or((quiz, ""), |at| quiz.split_at(at));
    let mut framed = String::new();
    let mut question = String::new();
    let mut count = 0;
    for line in quiz.lines() {
        question.push_str(line);
        question.push('\n');
        if line == "</details>" {
            count += 1;
            framed.push_str(&frame(&question, count)?);
            question.clear();
        }
    }
    if count == 0 {
        bail!("the section `Quiz` has no question: each ends with `</details>`");
    }
    Ok(format!("{before}\n## Quiz\n\n{}{}{after}", framed, with_links(&question, IDEAS)))
}

const IDEAS: &str = "symptoms.md";

fn frame(question: &str, number: usize) -> Result<String> {
    if !question.contains(&format!("**{number}.**")) {
        bail!("question {number} of the quiz does not begin with `**{number}.**`");
    }
    let answers: Vec<&str> =
        question.lines().filter_map(|line| line.strip_prefix("- **")?.split_once(")**")).map(|it| it.0).collect();
    let right = right(question);
    match right {
        Some(right) if answers.contains(&right) && answers.len() >= 3 => Ok(format!(
            "<section class=\"question\" data-right=\"{right}\" data-number=\"{number}\">\n\n{}\n</section>\n\n",
            with_links(question.trim_start(), IDEAS)
        )),
        _ => bail!("question {number} of the quiz has the answers {answers:?}, and none of them is said to be right"),
    }
}

/// The letter with which the reasons begin: `**c.** Because …`, or `**c**, and …`.
fn right(question: &str) -> Option<&str> {
    let (_, reasons) = question.split_once("<details>")?;
    let bold = reasons.lines().find_map(|line| line.strip_prefix("**")?.split_once("**"));
    bold.map(|(letter, _)| letter.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chapters::chapters;

    const QUESTION: &str = "**1.** Why?\n\n- **a)** One.\n- **b)** Two.\n- **c)** Three.\n\n<details>\n<summary>Answer</summary>\n\n\
                            **b.** So it is (M15).\n\n</details>\n";

    fn page(question: &str) -> String {
        format!("# Title\n\n## Quiz\n\n{question}\n## Exercises\n\nText.\n")
    }

    #[test]
    fn a_question_gets_a_frame_that_knows_the_right_answer() {
        insta::assert_snapshot!(framed(&page(QUESTION)).expect("it is well made"));
    }

    #[test]
    fn a_question_without_a_right_answer_is_named() {
        let error = framed(&page(&QUESTION.replace("**b.**", "**d.**"))).expect_err("there is no d");
        assert!(error.to_string().contains("question 1 of the quiz has the answers"), "{error}");
        let error = framed(&page(&QUESTION.replace("**1.**", "**2.**"))).expect_err("it is the first");
        assert!(error.to_string().contains("does not begin with `**1.**`"), "{error}");
        assert!(framed(&page("")).is_err());
    }

    #[test]
    fn every_chapter_has_three_questions_and_the_right_answers_are_not_always_in_the_same_place() {
        for chapter in chapters().expect("the chapters can be read") {
            let framed = framed(&chapter.text).unwrap_or_else(|error| panic!("{}: {error}", chapter.slug));
            let right: Vec<&str> =
                framed.split("data-right=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
            assert_eq!(right.len(), 3, "{}", chapter.slug);
            assert!(right.iter().any(|answer| *answer != right[0]), "{}: all are {}", chapter.slug, right[0]);
        }
    }
}
