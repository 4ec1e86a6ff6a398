//! A timeline as a figure. Without a script it shows the first choices; `theme/timeline.js` lets readers choose.

use std::fmt::Write;

use anyhow::Result;

use super::grid::{Bar, Run, Timeline};
use crate::directives::{embedded, escaped};

/// No line of it is blank: in Markdown, that would end the figure.
pub fn figure(name: &str, timeline: &Timeline) -> Result<String> {
    let run = timeline.first();
    let mut html = format!("<figure class=\"timeline\" id=\"timeline-{name}\">\n");
    let _ = writeln!(html, "<figcaption>{}</figcaption>", escaped(timeline.title));
    knobs(&mut html, name, timeline);
    let _ = writeln!(html, "<p class=\"total\" role=\"status\">{}</p>", sentence(run));
    picture(&mut html, run);
    table(&mut html, run);
    let _ = writeln!(html, "{}\n</figure>", embedded(timeline)?);
    Ok(html)
}

/// What is chosen at first in words, and below what the script shows in its place.
fn knobs(html: &mut String, name: &str, timeline: &Timeline) {
    let chosen = timeline.knobs.iter().map(|knob| format!("{}: {}", knob.label, knob.choices[knob.chosen]));
    let _ = writeln!(html, "<p class=\"chosen\">{}</p>", escaped(&chosen.collect::<Vec<_>>().join("; ")));
    let _ = writeln!(html, "<div class=\"knobs\" hidden>");
    for (index, knob) in timeline.knobs.iter().enumerate() {
        let id = format!("timeline-{name}-{index}");
        // Browsers remember what was chosen, and then the picture would be another's.
        let _ = write!(html, "<label for=\"{id}\">{} <select id=\"{id}\" autocomplete=\"off\">", escaped(knob.label));
        for (choice, text) in knob.choices.iter().enumerate() {
            let selected = if choice == knob.chosen { " selected" } else { "" };
            let _ = write!(html, "<option{selected}>{}</option>", escaped(text));
        }
        let _ = writeln!(html, "</select></label>");
    }
    let _ = writeln!(html, "</div>");
}

/// `theme/timeline.js` says the same.
fn sentence(run: &Run) -> String {
    format!("{} ms in all, at most {} at once.", run.total, run.peak)
}

/// One row for each name, and one picture for all bars, as wide as there is room.
fn picture(html: &mut String, run: &Run) {
    let (scale, rows) = (run.scale.max(1), run.rows.len());
    let _ = writeln!(html, "<div class=\"bars\">\n<ul class=\"names\" aria-hidden=\"true\">");
    for (who, _) in &run.rows {
        let _ = writeln!(html, "<li>{}</li>", escaped(who));
    }
    let _ = writeln!(
        html,
        "</ul>\n<svg viewBox=\"0 0 {scale} {rows}\" preserveAspectRatio=\"none\" style=\"--rows: {rows}\" \
         role=\"img\" aria-label=\"Bars over time. The table below says the same in numbers.\">"
    );
    for (row, (_, bars)) in run.rows.iter().enumerate() {
        for Bar(from, to, what, waits) in bars {
            let class = if *waits { "waits" } else { "works" };
            let _ = writeln!(
                html,
                "<rect class=\"{class}\" x=\"{from}\" y=\"{row}.18\" width=\"{}\" height=\"0.64\"><title>{}</title></rect>",
                (to - from).max(1),
                escaped(format!("{what} {from}–{to} ms").trim()),
            );
        }
    }
    let _ = writeln!(
        html,
        "</svg>\n<p class=\"axis\" aria-hidden=\"true\"><span>0</span><span>{}</span><span>{scale} ms</span></p>\n</div>",
        scale / 2
    );
}

fn table(html: &mut String, run: &Run) {
    let _ = writeln!(
        html,
        "<details>\n<summary>The same as a table</summary>\n<table>\n\
         <thead><tr><th>Who</th><th>From</th><th>To</th><th>What</th></tr></thead>\n<tbody>"
    );
    for (who, bars) in &run.rows {
        for Bar(from, to, what, _) in bars {
            let (who, what) = (escaped(who), escaped(what));
            let _ = writeln!(html, "<tr><td>{who}</td><td>{from} ms</td><td>{to} ms</td><td>{what}</td></tr>");
        }
    }
    let _ = writeln!(html, "</tbody>\n</table>\n</details>");
}

#[cfg(test)]
mod tests {
    use super::super::grid::{Knob, Stretch, record};
    use super::*;

    #[test]
    fn without_a_script_there_is_a_picture_and_a_table() {
        let knobs = vec![Knob { label: "Workers", choices: vec!["1", "many & more"], chosen: 1 }];
        let timeline = record("Two of them.", knobs, async |chosen| {
            let stretch = |who: &str, from, to, waits| Stretch {
                who: who.to_owned(),
                what: if waits { "waits" } else { "" }.to_owned(),
                from,
                to,
                waits,
            };
            if chosen[0] == 0 {
                return vec![stretch("a", 0, 10, false)];
            }
            vec![stretch("a", 0, 10, false), stretch("b", 0, 5, true), stretch("b", 5, 8, false)]
        });
        insta::assert_snapshot!(figure("two", &timeline.expect("a clock")).expect("it can be written"));
    }
}
