//! Every screen as a snapshot, in `snapshots/`. Whoever changes a word sees here what people will see.

mod fixtures;
mod lists;
mod loops;
mod pictures;
mod programs;
mod schedules;
mod stories;

use super::WIDTH;

/// Compares a screen of our own words with its snapshot.
fn screen(name: &str, text: &str) {
    assert_fits(text, "");
    stored(name, text);
}

/// Compares any text with its snapshot.
fn stored(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// No line of our own is too long or ends in spaces. `quoted` is what others said: its lines are theirs.
fn assert_fits(text: &str, quoted: &str) {
    for line in text.lines() {
        if quoted.lines().any(|quote| quote.trim() == line.trim()) {
            continue;
        }
        let width = visible(line).0;
        assert!(width <= WIDTH, "{width} columns: {line}");
        assert_eq!(line, line.trim_end(), "ends in spaces");
    }
}

/// How many columns a text takes, and the text with colours as words: `‹red›✗‹›`.
fn visible(text: &str) -> (usize, String) {
    let (mut width, mut shown) = (0, String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let (code, after) = after.split_once('m').expect("only colours are used");
        width += before.chars().count();
        shown.push_str(before);
        shown.push_str(&format!("‹{}›", code.split(';').map(colour).collect::<Vec<_>>().join(" ")));
        rest = after;
    }
    shown.push_str(rest);
    (width + rest.chars().count(), shown)
}

fn colour(code: &str) -> &str {
    match code {
        "0" => "",
        "1" => "bold",
        "2" => "faint",
        "31" => "red",
        "32" => "green",
        "33" => "yellow",
        "38" | "5" => "bright",
        other => other,
    }
}
