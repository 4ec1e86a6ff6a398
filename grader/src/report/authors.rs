//! What people who write exercises read.

use std::io::{self, Write};

use super::text::{plural, wrap};
use super::{Paint, WIDTH};
use crate::author::Finding;

/// What was laid out, and what comes next.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn laid_out(out: &mut dyn Write, name: &str, files: &[String]) -> io::Result<()> {
    writeln!(out, "Laid out {name}:")?;
    for file in files {
        writeln!(out, "    {file}")?;
    }
    let slug = name.rsplit('/').next().unwrap_or(name);
    writeln!(out, "Fill them in, then: cargo grader author check {slug}")
}

/// What was proved, and what does not hold.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn proofs(
    out: &mut dyn Write,
    exercises: usize,
    programs: usize,
    remembered: usize,
    findings: &[Finding],
    paint: Paint,
) -> io::Result<()> {
    let mut last = "";
    for finding in findings {
        if finding.exercise != last {
            writeln!(out, "{} {}", paint.bad("✗"), paint.strong(&finding.exercise))?;
            last = &finding.exercise;
        }
        writeln!(out, "    {}", paint.faint(&finding.file))?;
        wrap(&finding.message, WIDTH - 8).iter().try_for_each(|line| writeln!(out, "        {line}"))?;
    }
    let before = if remembered == 0 { String::new() } else { format!(" ({remembered} proved before)") };
    let behave = if programs == 1 { "behaves as it claims" } else { "behave as they claim" };
    let (exercises, programs) = (plural(exercises, "exercise"), plural(programs, "program"));
    let total = format!("{exercises}: {programs} {behave}{before}; {}", plural(findings.len(), "finding"));
    wrap(&total, WIDTH).iter().try_for_each(|line| writeln!(out, "{line}"))
}
