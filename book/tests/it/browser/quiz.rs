//! Answering questions.

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::reader::Reader;
use super::reading;

const QUESTION: &str = "section.question[data-number=\"1\"]";

/// The letter that is right, and one that is wrong.
async fn letters(reader: &Reader) -> (String, String) {
    let right = reader.value(&format!("document.querySelector('{QUESTION}').dataset.right")).await;
    let right = right.as_str().expect("a letter").to_owned();
    let wrong = if right == "a" { "b" } else { "a" };
    (right, wrong.to_owned())
}

async fn reasons_are_shown(reader: &Reader) -> Value {
    reader.value(&format!("document.querySelector('{QUESTION} details').checkVisibility()")).await
}

#[test]
fn a_wrong_answer_is_told_with_the_right_one_and_its_reasons() {
    reading(async |reader| {
        reader.open("01-worker-pools.html").await;
        let (right, wrong) = letters(reader).await;
        reader.find(&format!("{QUESTION} .answers")).await;
        assert_eq!(reasons_are_shown(reader).await, json!(false), "the reasons would give it away");
        reader.click(&format!("{QUESTION} input[value={wrong}]")).await;
        reader.click(&format!("{QUESTION} .check button")).await;
        assert_eq!(
            reader.text(&format!("{QUESTION} .said")).await,
            format!("It is {right}, not {wrong}. The reasons:")
        );
        assert_eq!(reasons_are_shown(reader).await, json!(true));
        // Each wrong answer has an idea behind it, and the idea a page.
        reader.click(&format!("{QUESTION} details a[href*='symptoms.html#m']")).await;
        assert!(reader.page().await.starts_with("symptoms.html#m"), "{}", reader.page().await);
    });
}

#[test]
fn an_answer_is_kept_until_it_is_tried_again() {
    reading(async |reader| {
        reader.open("02-fan-out-fan-in.html").await;
        let (right, _) = letters(reader).await;
        reader.click(&format!("{QUESTION} input[value={right}]")).await;
        reader.click(&format!("{QUESTION} .check button")).await;
        reader.open("02-fan-out-fan-in.html").await;
        let said = reader.text(&format!("{QUESTION} .said")).await;
        assert!(said.starts_with(&format!("{right} is right.")), "{said}");
        reader.click(&format!("{QUESTION} .check button:nth-of-type(2)")).await;
        assert_eq!(reasons_are_shown(reader).await, json!(false));
        reader.open("02-fan-out-fan-in.html").await;
        assert_eq!(reader.text(&format!("{QUESTION} .said")).await, "");
    });
}

#[test]
fn a_question_is_answered_with_the_keyboard_alone() {
    reading(async |reader| {
        reader.open("03-pipelines.html").await;
        let first = format!("{QUESTION} input");
        reader.press(&first, &[Key::Down]).await;
        // The arrow has chosen, and not turned the page.
        assert_eq!(reader.page().await, "03-pipelines.html");
        reader.until(&format!("document.querySelectorAll('{first}')[1].checked")).await;
        reader.press_here(&char::from(Key::Tab).to_string()).await;
        reader.press_here(&char::from(Key::Enter).to_string()).await;
        assert_eq!(reasons_are_shown(reader).await, json!(true));
    });
}

#[test]
fn without_an_answer_nothing_is_given_away() {
    reading(async |reader| {
        reader.open("04-cancellation.html").await;
        reader.click(&format!("{QUESTION} .check button")).await;
        assert_eq!(reader.text(&format!("{QUESTION} .said")).await, "Choose an answer first.");
        assert_eq!(reasons_are_shown(reader).await, json!(false));
    });
}
