//! A story as a picture for a page: one lane per party, time running down.

use std::fmt::Write;

use crate::columns::{ending, fit};
use crate::trace::{Step, Story};

/// The narrowest and the widest lane.
const LANE: (usize, usize) = (150, 330);
/// The width of a character of the picture's font.
const CHARACTER: usize = 7;
const ROW: usize = 24;
const MARGIN: usize = 16;
/// The head of the lanes.
const HEAD: usize = 40;
/// Characters in a line of the ending.
const ENDING: usize = 90;

/// Colours follow the reader's choice of light or dark; the page may set them by the classes.
const STYLE: &str = "\
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2328}\
.head{font-weight:bold}.lane{stroke:#d0d7de}.step{fill:#eef1f4}.departs{fill:#fff1c2;stroke:#9a6700}\
.ending{fill:#a40e26}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.lane{stroke:#3d444d}.step{fill:#262c36}\
.departs{fill:#4b3b10;stroke:#d4a72c}.ending{fill:#ff9492}}";

/// Draws a story. `title` says what it is about; the picture's description tells every step in words.
pub fn svg(story: &Story, title: &str) -> String {
    let lanes: Vec<usize> = (0..story.parties.len().max(1)).map(|party| lane_width(story, party)).collect();
    let ending = ending::lines(story, ENDING);
    let longest = ending.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let width = (lanes.iter().sum::<usize>() + 2 * MARGIN).max(longest * CHARACTER + 2 * MARGIN);
    let height = HEAD + story.steps.len() * ROW + MARGIN + ending.len() * 18 + MARGIN;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<style>{STYLE}</style>\n",
        escaped(title),
        escaped(&in_words(story)),
    );
    let begins = |party: usize| MARGIN + lanes.iter().take(party).sum::<usize>();
    let bottom = HEAD + story.steps.len() * ROW;
    for (party, who) in story.parties.iter().enumerate() {
        let x = begins(party);
        let _ = writeln!(text, "<text class=\"head\" x=\"{}\" y=\"24\">{}</text>", x + 8, escaped(&who.name));
        let _ = writeln!(text, "<line class=\"lane\" x1=\"{x}\" y1=\"32\" x2=\"{x}\" y2=\"{bottom}\"/>");
    }
    for (row, step) in story.steps.iter().enumerate() {
        let party = (step.party as usize).min(lanes.len() - 1);
        let (x, y) = (begins(party), HEAD + row * ROW);
        let class = if step.deviates { "departs" } else { "step" };
        let (wide, high) = (lanes[party] - 10, ROW - 4);
        let _ =
            writeln!(text, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"3\"/>");
        let _ = writeln!(text, "<text x=\"{}\" y=\"{}\">{}</text>", x + 8, y + 14, escaped(&label(step)));
    }
    for (row, line) in ending.iter().enumerate() {
        let y = bottom + MARGIN + 12 + row * 18;
        let indent = MARGIN + (line.len() - line.trim_start().len()) * CHARACTER;
        let _ = writeln!(text, "<text class=\"ending\" x=\"{indent}\" y=\"{y}\">{}</text>", escaped(line.trim()));
    }
    text.push_str("</svg>\n");
    text
}

fn lane_width(story: &Story, party: usize) -> usize {
    let own = story.steps.iter().filter(|step| step.party as usize == party);
    let longest = own.map(|step| label(step).chars().count()).max().unwrap_or(0);
    (longest * CHARACTER + 28).clamp(LANE.0, LANE.1)
}

/// `17 Mutex::lock → waits`, cut where it would leave its lane.
fn label(step: &Step) -> String {
    let place = step.place.as_ref().map(|place| place.short() + " ").unwrap_or_default();
    fit(&format!("{place}{}{}", step.operation, step.outcome()), (LANE.1 - 28) / CHARACTER)
}

/// Every step as part of a sentence, and the ending.
fn in_words(story: &Story) -> String {
    let told = |step: &Step| format!("{}: {}", story.name(step.party), label(step));
    let steps: Vec<String> = story.steps.iter().map(told).collect();
    format!("{}. {}", steps.join("; "), ending::lines(story, usize::MAX).join(" "))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::svg;
    use crate::trace::{Ending, Party, Place, Step, Story};

    fn story() -> Story {
        let party = |name: &str| Party { name: name.to_owned(), spawned_at: None, panicked: None };
        let step = |party, operation: &str, deviates| Step {
            party,
            place: Some(Place { file: "src/map.rs".to_owned(), line: 7, column: None, called_from: None }),
            operation: operation.to_owned(),
            value: None,
            stale: None,
            deviates,
        };
        Story {
            parties: vec![party("main"), party("thread <1>")],
            steps: vec![step(0, "RwLock::<Map>::read", false), step(1, &"long".repeat(40), true)],
            ending: Ending::Finished,
        }
    }

    #[test]
    fn a_picture_is_well_formed_and_tells_itself_in_words() {
        let picture = svg(&story(), "Two & more");
        assert!(picture.starts_with("<svg ") && picture.trim_end().ends_with("</svg>"));
        assert!(picture.contains("<title>Two &amp; more</title>"));
        assert!(picture.contains("main: map.rs:7 RwLock::&lt;Map&gt;::read; thread &lt;1&gt;: map.rs:7 long"));
        assert_eq!(picture.matches("<rect class=\"departs\"").count(), 1);
        assert!(!picture.contains(&"long".repeat(20)), "a label stays in its lane");
    }
}
