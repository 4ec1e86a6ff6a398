//! A name at the left and a text at the right.

use std::io::{self, Write};

use crate::report::text::wrap;
use crate::report::{Paint, WIDTH};

/// The width of a name.
const NAME: usize = 8;
/// Where the text begins.
const COLUMN: usize = 4 + NAME + 3;
/// A text that takes more lines is cut: it is a value nobody reads to its end.
const LINES: usize = 8;

/// A name and its text, wrapped under itself.
pub fn field(out: &mut dyn Write, name: &str, text: &str, paint: Paint) -> io::Result<()> {
    named(out, &paint.faint(&format!("{name:NAME$}")), text)
}

/// A field that must not be overlooked.
pub fn alarm(out: &mut dyn Write, name: &str, text: &str, paint: Paint) -> io::Result<()> {
    named(out, &paint.bad(&format!("{name:NAME$}")), text)
}

/// A text below a field, under its text.
pub fn below(out: &mut dyn Write, text: &str) -> io::Result<()> {
    named(out, &" ".repeat(NAME), text)
}

/// An item of a list below a field.
pub fn item(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for (at, line) in wrap(text, WIDTH - COLUMN - 2).iter().enumerate() {
        writeln!(out, "{:COLUMN$}{} {line}", "", if at == 0 { "-" } else { " " })?;
    }
    Ok(())
}

/// A sentence in place of fields.
pub fn sentence(out: &mut dyn Write, text: &str) -> io::Result<()> {
    wrap(text, WIDTH - 4).iter().try_for_each(|line| writeln!(out, "    {line}"))
}

fn named(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let lines = wrap(text, WIDTH - COLUMN);
    let shown = if lines.len() > LINES { LINES - 1 } else { lines.len() };
    for (at, line) in lines.iter().take(shown).enumerate() {
        match at {
            0 => writeln!(out, "    {name}   {line}")?,
            _ => writeln!(out, "{:COLUMN$}{line}", "")?,
        }
    }
    match lines.len() - shown {
        0 => Ok(()),
        left => writeln!(out, "{:COLUMN$}… {left} more lines", ""),
    }
}
