//! What the loop says at special moments: at the first start, between runs, when something is done.

use super::list::Entry;
use super::text::{plural, wrap};
use super::{Paint, journey};
use crate::progress::STUCK;
use crate::verdict::TestOutcome;

/// What a learner expects a test to see on the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prediction {
    /// What the contract asks for.
    Kept,
    /// The same as in the last run.
    Same,
    /// Something else.
    Other,
}

/// The loop explains itself, once.
pub fn welcome(paint: Paint) -> Vec<String> {
    let lines = [
        "This is where you work. Keep it open beside your editor.",
        "  1. Open the file named below, and read the contract at its head.",
        "  2. Replace the first `todo!()` and save: the verdict appears here by itself.",
        "  3. Stuck? The chapter is in `cargo book`, and h opens a hint, one at a time.",
        "  4. n and p lead to the next and the previous exercise, ? shows every key.",
    ];
    lines.iter().map(|line| paint.notable(line)).chain([String::new()]).collect()
}

/// An exercise nobody has begun.
pub fn untouched(task: &str, first_todo: Option<u32>, width: usize, paint: Paint) -> Vec<String> {
    let mut lines: Vec<String> = wrap(task, width - 4).iter().map(|line| format!("    {line}")).collect();
    lines.push(String::new());
    let begin = match first_todo {
        Some(line) => format!("Begin with the `todo!()` in line {line}, and save."),
        None => "This one is to be repaired: it compiles and does the wrong thing. Change it, and save.".to_owned(),
    };
    lines.push(format!("    {}", paint.strong(&begin)));
    lines.push(paint.faint("    e opens the file, c shows the contract here"));
    lines
}

/// Asks for a prediction about a test that has failed again and again.
pub fn question(test: &TestOutcome, width: usize, paint: Paint) -> Vec<String> {
    let promise = test.info.promise.trim_end_matches('.');
    let asked = format!("{STUCK} runs in a row ended here: {promise}. What will this test see on the next run?");
    let mut lines: Vec<String> = wrap(&asked, width).iter().map(|line| paint.notable(line)).collect();
    let expected = test.expected.as_deref().map(|expected| format!(": {}", short(expected))).unwrap_or_default();
    let seen = test.seen.as_deref().map(|seen| format!(": {}", short(seen))).unwrap_or_default();
    lines.push(format!("  {}  what the contract asks for{expected}", paint.strong("1")));
    lines.push(format!("  {}  the same as now{seen}", paint.strong("2")));
    lines.push(format!("  {}  something else", paint.strong("3")));
    lines.push(paint.faint("  (any answer goes on, and so does saving)"));
    lines.push(String::new());
    lines
}

/// Compares a prediction with what happened.
pub fn compared(prediction: Prediction, happened: Prediction, paint: Paint) -> Vec<String> {
    let expected = match prediction {
        Prediction::Kept => "that this promise would be kept",
        Prediction::Same => "the same as before",
        Prediction::Other => "something else than before",
    };
    let met = match happened {
        Prediction::Kept => "it is kept",
        Prediction::Same => "it is the same as before",
        Prediction::Other => "it is something else than before",
    };
    let said = if prediction == happened {
        paint.good(&format!("You expected {expected}, and {met}."))
    } else {
        paint.notable(&format!("You expected {expected}; {met}. What did you believe that is not so?"))
    };
    vec![said, String::new()]
}

/// What follows a pass.
pub fn passed(entry: &Entry, next: Option<&str>, paint: Paint) -> Vec<String> {
    let mut lines = vec![String::new()];
    if let Some([signs, counts]) = journey(&entry.standing.journey, paint) {
        lines.push(format!("    the way    {signs}"));
        lines.push(format!("               {counts}"));
    }
    lines.push(format!("    solution   {} compares it with yours", paint.strong("s")));
    if let Some(next) = next {
        lines.push(format!("    go on      {} leads to {next}", paint.strong("Enter")));
    }
    lines
}

/// Before the solution is shown to somebody whose own does not pass.
pub fn give_up(slug: &str, paint: Paint) -> Vec<String> {
    sure(
        slug,
        &[
            "Your own does not pass yet. Once it does, the solution opens by itself.",
            "To see it now is to give up on this exercise. That is remembered, and no shame.",
        ],
        "Give up and see it?",
        paint,
    )
}

/// Before an exercise is reset.
pub fn go_back(slug: &str, paint: Paint) -> Vec<String> {
    let what = "The file goes back to its stub. Your text is kept in `.workbook/kept`.";
    sure(slug, &[what], "Go back to the beginning?", paint)
}

fn sure(slug: &str, what: &[&str], question: &str, paint: Paint) -> Vec<String> {
    let what = what.iter().map(|line| format!("    {line}"));
    let question = format!("    {}   y / n", paint.notable(question));
    [paint.strong(slug), String::new()].into_iter().chain(what).chain([String::new(), question]).collect()
}

/// A lesson is done: who got there how.
pub fn lesson_done(title: &str, number: &str, entries: &[Entry], paint: Paint) -> Vec<String> {
    let what = format!("Lesson {number} is done: {title}");
    let mut lines = framed(&what, paint);
    let longest = entries.iter().map(|entry| entry.slug.chars().count()).max().unwrap_or(0);
    lines.extend(entries.iter().map(|entry| {
        let signs = journey(&entry.standing.journey, paint).map(|[signs, _]| signs).unwrap_or_default();
        format!("    {:longest$}   {signs}", entry.slug).trim_end().to_owned()
    }));
    lines.push(String::new());
    lines
}

/// Everything is done.
pub fn all_done(entries: &[Entry], paint: Paint) -> Vec<String> {
    let runs: u32 = entries.iter().map(|entry| entry.standing.journey.runs).sum();
    let mut lines = framed("Everything is done. Every promise of every contract is kept.", paint);
    lines.push(format!("    {} in {}.", plural(entries.len(), "exercise"), plural(runs as usize, "run")));
    lines.push("    What you have now is a habit: to ask who waits for whom, who owns the end,".to_owned());
    lines.push("    what is bounded, and who may stop. Take it to your own code.".to_owned());
    lines.push(String::new());
    lines
}

/// The last words, on the learner's own screen.
pub fn goodbye(slug: &str, kept: Option<(usize, usize)>, paint: Paint) -> String {
    let kept = kept.map(|(kept, total)| format!(": {kept} of {} kept", plural(total, "promise"))).unwrap_or_default();
    format!("{}{kept}. Go on with: cargo grader watch", paint.strong(slug))
}

fn framed(what: &str, paint: Paint) -> Vec<String> {
    let line = "═".repeat(what.chars().count() + 4);
    vec![paint.good(&format!("╔{line}╗")), paint.good(&format!("║  {what}  ║")), paint.good(&format!("╚{line}╝"))]
}

fn short(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(60).collect()
}
