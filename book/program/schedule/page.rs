//! A story as a figure: a column for each thread, and the source beside it. Without a script it is all there;
//! `theme/schedule.js` lets readers step through it.

use std::fmt::Write;

use anyhow::Result;
use interleave_story::rows;
use interleave_story::trace::{Place, Step, Story};
use schedules::{Source, TEST, Told};
use serde::Serialize;

use super::excerpt::functions;
use crate::directives::{embedded, escaped};

/// What the script needs besides what it finds in the page.
#[derive(Serialize)]
struct Data<'t> {
    story: &'t Story,
    /// How it ended, in sentences.
    ending: &'t [String],
}

/// No line of it is blank: in Markdown, that would end the figure.
pub fn figure(name: &str, told: &Told) -> Result<String> {
    let story = &told.story;
    let ending = ending(story);
    let id = name.replace(['/', '_'], "-");
    let mut html = format!("<figure class=\"schedule\" id=\"schedule-{id}\">\n");
    let _ = writeln!(html, "<figcaption>{}</figcaption>", caption(told));
    let _ = writeln!(
        html,
        "<div class=\"controls\" role=\"group\" aria-label=\"Steps\" hidden>\n\
         <button type=\"button\" data-go=\"first\">First</button>\n\
         <button type=\"button\" data-go=\"previous\">Previous</button>\n\
         <button type=\"button\" data-go=\"next\">Next</button>\n\
         <button type=\"button\" data-go=\"last\">Last</button>\n\
         </div>\n<p class=\"now\" role=\"status\" hidden></p>\n<div class=\"stage\">"
    );
    steps(&mut html, name, story);
    code(&mut html, name, told);
    let _ = writeln!(html, "</div>\n<div class=\"ending\">");
    for sentence in &ending {
        let _ = writeln!(html, "<p>{}</p>", escaped(sentence));
    }
    let _ = writeln!(html, "</div>\n{}\n</figure>", embedded(&Data { story, ending: &ending })?);
    Ok(html)
}

/// ``The promise: init runs once. Found in schedule 3 of `…/wrong/m55_check_then_insert.rs`.``
fn caption(told: &Told) -> String {
    let idea = told.idea.as_deref().map(|idea| format!(" The idea: <q>{}</q>", in_code(idea))).unwrap_or_default();
    format!("The promise: <q>{}</q>{idea} The search broke it in schedule {}.", in_code(told.promise), told.executions)
}

/// Text with code between back-ticks.
fn in_code(text: &str) -> String {
    let mut html = String::new();
    for (index, part) in escaped(text).split('`').enumerate() {
        html.push_str(&if index % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() });
    }
    html
}

/// The sentences below the columns, as the engine tells them.
fn ending(story: &Story) -> Vec<String> {
    /// Wide enough that no sentence is broken into lines.
    const WIDTH: usize = 10_000;
    let rows = rows(story, WIDTH);
    let after = rows.iter().rposition(|row| row.step.is_some()).map_or(0, |last| last + 1);
    rows[after..].iter().map(|row| row.text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn steps(html: &mut String, name: &str, story: &Story) {
    let _ = writeln!(
        html,
        "<div class=\"steps\" tabindex=\"0\" role=\"region\" aria-label=\"Who did what, step by step: {name}\">\n<table>"
    );
    let _ = write!(html, "<thead><tr><th scope=\"col\">Step</th>");
    for party in &story.parties {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(&party.name));
    }
    let _ = writeln!(html, "</tr></thead>\n<tbody>");
    for (index, step) in story.steps.iter().enumerate() {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", index + 1);
        for party in 0..story.parties.len() {
            if step.party as usize == party {
                let who = escaped(story.name(step.party));
                let _ = write!(html, "<td data-who=\"{who}\">{}</td>", cell(story, step));
            } else {
                html.push_str("<td class=\"empty\"></td>");
            }
        }
        html.push_str("</tr>\n");
    }
    let _ = writeln!(html, "</tbody>\n</table>");
    if story.steps.iter().any(|step| step.deviates) {
        let _ = writeln!(
            html,
            "<p class=\"legend\">{DEPARTS} The scheduler does what it would not have done by itself.</p>"
        );
    }
    html.push_str("</div>\n");
}

/// Marks a step where the schedule departs from the default one.
const DEPARTS: &str = "<span class=\"departs\" title=\"the schedule departs here\">&gt;</span>";

/// `line 74 RwLock::read → None`
fn cell(story: &Story, step: &Step) -> String {
    let departs = if step.deviates { DEPARTS } else { "" };
    let place = step.place.as_ref().map(|place| format!("<span class=\"place\">{}</span> ", self::place(place)));
    // A long operation may be broken where its parts meet.
    let operation = escaped(&step.operation).replace("::", "::<wbr>").replace('(', "<wbr>(");
    let mut cell = format!("{departs}{}<span class=\"operation\">{operation}</span>", place.unwrap_or_default());
    if let Some(value) = &step.value {
        let _ = write!(cell, " <span class=\"outcome\">→ {}</span>", escaped(value));
    }
    if let Some(stale) = &step.stale {
        let line = stale.store.place.as_ref().map(|at| format!(" at {}", self::place(at))).unwrap_or_default();
        let who = escaped(story.name(stale.store.party));
        let _ = write!(cell, " <span class=\"stale\">(old: {who} stored {}{line})</span>", escaped(&stale.newest));
    }
    cell
}

/// `line 74`, or `test 53`. `theme/schedule.js` says the same.
fn place(place: &Place) -> String {
    let file = if place.file == TEST { "test" } else { "line" };
    format!("{file} {}", place.lines())
}

fn code(html: &mut String, name: &str, told: &Told) {
    let _ = writeln!(html, "<div class=\"code\" tabindex=\"0\" role=\"region\" aria-label=\"Source: {name}\">");
    file(html, told, &told.solution, &[]);
    file(html, told, &told.model, &[&told.test]);
    html.push_str("</div>\n");
}

/// The functions of a file that the story comes by.
fn file(html: &mut String, told: &Told, source: &Source, names: &[&str]) {
    let mut story = told.story.clone();
    let places = story.places_mut();
    let own = places.iter().filter(|place| place.file == source.name);
    let lines: Vec<u32> = own.flat_map(|place| [Some(place.line), place.called_from]).flatten().collect();
    let _ = writeln!(html, "<p class=\"file\">{}</p>", escaped(source.path).replace('/', "/<wbr>"));
    for line in functions(source.text, &lines, names) {
        match line {
            Some((number, text)) => {
                let _ = writeln!(
                    html,
                    "<div class=\"line\" data-place=\"{}:{number}\"><span class=\"here\"></span>\
                     <span class=\"number\">{number}</span> <span class=\"text\">{}</span></div>",
                    escaped(source.name),
                    escaped(text),
                );
            }
            None => html.push_str("<div class=\"gap\">⋮</div>\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_script_there_are_all_steps_and_the_source() {
        let told = schedules::tell("publish-flag/m64_relaxed_store").expect("a schedule breaks it");
        let figure = figure("publish-flag/m64_relaxed_store", &told).expect("it can be written");
        let (figure, _) = figure.split_once("<script").expect("the data come last");
        insta::assert_snapshot!(figure);
    }

    #[test]
    fn code_in_a_sentence_is_shown_as_code() {
        assert_eq!(in_code("`a < b` holds"), "<code>a &lt; b</code> holds");
    }
}
