//! Hostile and unlucky code, graded for real.
//!
//! `tests/workbook` is a small workbook of its own: four exercises with tiny contracts (`hidden`), a right answer
//! to each (`right`), and answers that attack the grader or have bad luck (`hostile`), each with its verdict in
//! its first line. Whatever they do, the grader must come to the right verdict in time, say so in words that help,
//! leave nothing running, and be fair to the file beside them.

mod changes;
mod command_line;
mod compile;
mod files;
mod hostile;
mod interrupted;
#[cfg(unix)]
mod learning;
mod memory;
mod remembered;
mod schedules;
mod settings;
mod support;
#[cfg(unix)]
mod terminal;
#[cfg(target_os = "linux")]
mod watch;
