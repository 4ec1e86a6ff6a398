//! What is going on, in words.

use std::time::{Duration, Instant};

use super::work::News;
use crate::bench::Progress;
use crate::report;

/// A task of the worker's, seen from the loop.
#[derive(Debug)]
pub struct Busy {
    /// The worker's number for it.
    pub number: u64,
    /// When the file was saved, or the key pressed.
    pub since: Instant,
    /// It only builds what a later verdict needs.
    pub prepares: bool,
    /// Of how many exercises how many are judged, where there are several.
    pub judged: Option<(usize, usize)>,
    /// Tests run, and one of them may hang.
    runs: bool,
    doing: String,
}

/// From here on the time that has gone by is shown.
const LONG: Duration = Duration::from_secs(1);
/// And from here on, what one can do.
const VERY_LONG: Duration = Duration::from_secs(3);

impl Busy {
    /// One exercise.
    pub fn one(number: u64, since: Instant) -> Self {
        Self { number, since, prepares: false, judged: None, runs: false, doing: "compiling".to_owned() }
    }

    /// Several.
    pub fn several(number: u64, since: Instant, total: usize) -> Self {
        Self { judged: Some((0, total)), ..Self::one(number, since) }
    }

    /// What a later verdict will need.
    pub fn preparing(number: u64, since: Instant) -> Self {
        Self { prepares: true, doing: report::MEANWHILE.to_owned(), ..Self::one(number, since) }
    }

    /// Takes in what the worker says.
    pub fn hear(&mut self, news: &News) {
        self.runs = matches!(news, News::Running) || (self.runs && matches!(news, News::Judged));
        match news {
            News::Building(Progress::Waiting) => "another grader is at work here; waiting".clone_into(&mut self.doing),
            News::Building(Progress::Compiled { done, total, now }) => {
                let what = if self.prepares { report::MEANWHILE } else { report::ONCE };
                self.doing = report::compiled(what, *done, *total, now);
            }
            // Cargo's count says more, and it comes at once.
            News::Building(Progress::Step(_)) if self.prepares => {}
            News::Building(Progress::Step(step)) if !self.doing.contains('█') || step.contains("bench v") => {
                self.doing = report::building(step, self.judged.map_or(1, |(_, total)| total), true);
            }
            News::Running => "running the tests".clone_into(&mut self.doing),
            News::Exploring => "trying schedules".clone_into(&mut self.doing),
            News::Judged => {
                if let Some((judged, _)) = &mut self.judged {
                    *judged += 1;
                }
            }
            _ => {}
        }
    }

    /// `running the tests   1.2 s`.
    pub fn in_words(&self, now: Instant) -> String {
        let gone = now.duration_since(self.since);
        if self.prepares {
            return self.doing.clone();
        }
        let time = if gone >= LONG { format!("   {:.1} s", gone.as_secs_f64()) } else { String::new() };
        let count = self.judged.map(|(judged, total)| format!("   {judged} of {total} judged")).unwrap_or_default();
        let stuck =
            if self.runs && gone >= VERY_LONG { "   (save to start anew; a test has its time limit)" } else { "" };
        format!("{}{count}{time}{stuck}", self.doing)
    }
}
