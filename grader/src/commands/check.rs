//! `check`: grade these.

use anyhow::Result;

use super::{Desk, GRADED, NOT_PASSED, WRONG_USE};
use crate::progress::Progress;
use crate::report;
use crate::verdict::Verdict;

/// Grades what was named, or everything.
pub fn run(desk: &mut Desk<'_>, names: &[String]) -> Result<u8> {
    let exercises = desk.named(names)?;
    let graded = desk.grade(&exercises)?;
    let passed = graded.iter().filter(|one| one.outcome.verdict == Some(Verdict::Passed)).count();
    if desk.json {
        desk.print_json(&graded)?;
    } else {
        for one in &graded {
            desk.tell(one)?;
            if graded.len() == 1 && one.outcome.told().is_some() {
                let times = Progress::load(&desk.workbook).journey(&one.exercise).times;
                desk.print(&report::think(times, desk.paint))?;
            }
            if graded.len() > 1 {
                writeln!(desk.out)?;
            }
        }
        if graded.len() > 1 {
            writeln!(desk.out, "{passed} of {} passed", graded.len())?;
        }
    }
    // A file that was asked for by name and cannot be graded is a mistake on the command line.
    let named_in_vain = !names.is_empty() && graded.iter().any(|one| one.missing || one.outcome.error.is_some());
    Ok(match passed == graded.len() {
        _ if named_in_vain => WRONG_USE,
        true => GRADED,
        false => NOT_PASSED,
    })
}
