//! What the compiler said.

use std::io::{self, Write};

use super::field::{field, sentence};
use super::{Sign, Subject, headline};
use crate::bench::Diagnostic;
use crate::report::Paint;
use crate::report::text::{lines, plural, without_colours};

/// The first error whole, the others counted. Errors in the learner's file come first: what the hidden tests miss
/// may be their consequence.
pub fn errors(out: &mut dyn Write, subject: &Subject<'_>, all: &[Diagnostic], paint: Paint) -> io::Result<()> {
    let mut errors: Vec<&Diagnostic> = all.iter().filter(|diagnostic| diagnostic.is_error).collect();
    errors.sort_by_key(|error| error.line.is_none());
    headline(out, Sign::Bad, subject, "does not compile", paint)?;
    let Some((first, others)) = errors.split_first() else { return Ok(()) };
    writeln!(out)?;
    match first.line {
        Some(_) if !first.rendered.is_empty() => quote(out, &first.rendered, paint)?,
        Some(line) => sentence(out, &format!("line {line}: {}", first.message))?,
        None => without_line(out, subject, first, paint)?,
    }
    if others.is_empty() {
        return Ok(());
    }
    let mut places: Vec<u32> = others.iter().filter_map(|error| error.line).collect();
    places.dedup();
    let places = if places.is_empty() { String::new() } else { format!(", in {}", lines(&places)) };
    writeln!(out)?;
    sentence(out, &format!("and {}{places}", plural(others.len(), "more error")))
}

/// What the contract asks for, or why the compiler cannot go on. Its own words follow where they lead to the
/// learner's file.
fn without_line(out: &mut dyn Write, subject: &Subject<'_>, error: &Diagnostic, paint: Paint) -> io::Result<()> {
    for line in error.message.lines() {
        // Signatures come indented; they are code and stay as they are.
        match line.strip_prefix("    ") {
            Some(code) => writeln!(out, "        {code}")?,
            None => sentence(out, line)?,
        }
    }
    if without_colours(&error.rendered).contains(&subject.path) {
        writeln!(out)?;
        sentence(out, "The compiler says:")?;
        quote(out, &error.rendered, paint)?;
    }
    Ok(())
}

fn quote(out: &mut dyn Write, rendered: &str, paint: Paint) -> io::Result<()> {
    let rendered = if paint.is_on() { rendered.to_owned() } else { without_colours(rendered) };
    rendered.trim_end().lines().try_for_each(|line| writeln!(out, "{}", format!("    {line}").trim_end()))
}

/// Warnings that explain more than they disturb.
pub fn remarks(out: &mut dyn Write, all: &[Diagnostic], paint: Paint) -> io::Result<()> {
    for warning in all.iter().filter(|diagnostic| !diagnostic.is_error) {
        let place = warning.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        field(out, "compiler", &format!("{place}{}", warning.message), paint)?;
    }
    Ok(())
}
