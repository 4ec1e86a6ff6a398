//! The way through an exercise, run by run.

use super::Paint;
use super::list::in_words;
use super::text::{list, plural};
use crate::progress::Journey;
use crate::verdict::Verdict;

/// More runs than this are counted, not drawn.
const DRAWN: usize = 24;

/// `✗ ✗ ‖ ✗ ●`, and `5 runs: 3 failed, 1 deadlocked and 1 passed`; none before the first run.
pub fn journey(journey: &Journey, paint: Paint) -> Option<[String; 2]> {
    if journey.verdicts.is_empty() {
        return None;
    }
    let skipped = journey.verdicts.len().saturating_sub(DRAWN);
    let more = if skipped > 0 { "… " } else { "" };
    let signs: Vec<String> = journey.verdicts.iter().skip(skipped).map(|verdict| sign(*verdict, paint)).collect();
    Some([format!("{more}{}", signs.join(" ")), counted(journey)])
}

/// `5 runs: 3 failed, 1 deadlocked and 1 passed`.
fn counted(journey: &Journey) -> String {
    let mut counts: Vec<(Verdict, usize)> = Vec::new();
    for verdict in &journey.verdicts {
        match counts.iter_mut().find(|(known, _)| known == verdict) {
            Some((_, count)) => *count += 1,
            None => counts.push((*verdict, 1)),
        }
    }
    // The pass is what the story leads up to.
    counts.sort_by_key(|(verdict, _)| *verdict == Verdict::Passed);
    let counts: Vec<String> = counts.iter().map(|(verdict, count)| format!("{count} {}", became(*verdict))).collect();
    format!("{}: {}", plural(journey.runs as usize, "run"), list(&counts))
}

fn became(verdict: Verdict) -> &'static str {
    if verdict == Verdict::DoesNotCompile { "did not compile" } else { in_words(verdict) }
}

/// One run, at a glance.
pub fn sign(verdict: Verdict, paint: Paint) -> String {
    match verdict {
        Verdict::Passed => paint.good("●"),
        Verdict::NotStarted => "○".to_owned(),
        Verdict::DoesNotCompile => paint.faint("·"),
        Verdict::Failed => paint.bad("✗"),
        Verdict::Deadlocked => paint.bad("‖"),
        Verdict::Livelocked => paint.bad("∞"),
        Verdict::TimedOut => paint.bad("…"),
        Verdict::Crashed => paint.bad("!"),
        Verdict::Leaked => paint.bad("~"),
    }
}
