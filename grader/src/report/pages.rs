//! Pages about one exercise: its contract, a hint, the solution.

use super::list::{Entry, level, state};
use super::text::{plural, wrap};
use super::{Paint, WIDTH, difference, journey, markdown};
use crate::progress::{RUNGS, STUCK};

/// An exercise as people see it.
#[derive(Debug, Clone)]
pub struct About {
    /// Its line in the list.
    pub entry: Entry,
    /// `Worker pools`.
    pub chapter: String,
    /// The file, as people should see it.
    pub path: String,
    /// What is to be built.
    pub task: String,
    /// The text of the stub.
    pub stub: String,
}

/// A rung of the hint ladder.
#[derive(Debug, Clone)]
pub struct Hint {
    /// `worker-pool`.
    pub slug: String,
    /// From 1.
    pub rung: u32,
    /// `Where to look in the picture`.
    pub title: String,
    /// Markdown; for the last rung, the solution's text.
    pub text: String,
    /// The next one may be opened.
    pub more: bool,
}

/// What it is about, where it stands, and the whole contract.
pub fn show(about: &About, width: usize, paint: Paint) -> Vec<String> {
    let entry = &about.entry;
    let mut lines = vec![
        format!("{}   {}, {}", paint.strong(&entry.slug), about.chapter, level(entry.level)),
        format!("    {}", paint.faint(&about.path)),
        String::new(),
    ];
    lines.extend(wrap(&about.task, width - 4).iter().map(|line| format!("    {line}")));
    let state = state(entry);
    if !state.is_empty() {
        lines.push(String::new());
        lines.push(format!("    {state}"));
        lines.extend(journey(&entry.standing.journey, paint).into_iter().flatten().map(|line| format!("    {line}")));
    }
    lines.push(String::new());
    lines.extend(contract(&about.stub, width, paint));
    lines
}

/// The documentation at the head of a stub.
pub fn contract(stub: &str, width: usize, paint: Paint) -> Vec<String> {
    let docs = stub.lines().map_while(|line| line.strip_prefix("//!"));
    let docs: Vec<&str> = docs.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let lines = markdown::lines(&docs.join("\n"), width - 4, paint);
    lines.iter().map(|line| format!("    {line}").trim_end().to_owned()).collect()
}

/// A hint, and when there will be another.
pub fn hint(hint: &Hint, width: usize, paint: Paint) -> Vec<String> {
    let heading = format!("hint {} of {RUNGS}", hint.rung);
    let mut lines = vec![format!("{}   {heading}: {}", paint.strong(&hint.slug), hint.title), String::new()];
    if hint.rung == RUNGS {
        lines.extend(hint.text.lines().map(|line| format!("    {line}").trim_end().to_owned()));
        return lines;
    }
    let text = markdown::lines(&hint.text, width - 4, paint);
    lines.extend(text.iter().map(|line| format!("    {line}").trim_end().to_owned()));
    lines.push(String::new());
    let next = match () {
        () if hint.more => "There is another hint.",
        () if hint.rung + 1 == RUNGS => "The last one is the solution. It opens after one more run with changed code.",
        () => "The next one opens after one more run with changed code.",
    };
    lines.push(paint.faint(next));
    lines
}

/// The solution beside one's own text, without the contract at the head of both; alone, while nothing of one's own is there.
pub fn solution(slug: &str, own: Option<&str>, solution: &str, paint: Paint) -> Vec<String> {
    let what = if own.is_some() { "yours (-) and the solution (+)" } else { "the solution" };
    let mut lines = vec![format!("{}   {what}", paint.strong(slug)), String::new()];
    match own {
        Some(own) => lines.extend(difference::difference(below_docs(own), below_docs(solution), paint)),
        None => lines.extend(solution.lines().map(str::to_owned)),
    }
    lines
}

/// What stands below the documentation at the head of a file.
fn below_docs(text: &str) -> &str {
    let docs = text.split_inclusive('\n').take_while(|line| line.starts_with("//!") || line.trim().is_empty());
    &text[docs.map(str::len).sum()..]
}

/// Why the solution is not shown yet, and how to see it all the same.
pub fn locked(slug: &str) -> String {
    format!(
        "the solution of {slug} opens when your own passes. To give up and see it now: cargo grader solution {slug} \
         --give-up"
    )
}

/// A question to those who have failed at the same promise again and again.
pub fn think(times: u32, paint: Paint) -> Vec<String> {
    if times < STUCK {
        return Vec::new();
    }
    let ended = plural(times as usize, "run");
    let asked = format!("{ended} in a row ended here. Before the next one, say what this test will see then, and why.");
    wrap(&asked, WIDTH - 4).iter().map(|line| format!("    {}", paint.notable(line))).collect()
}
