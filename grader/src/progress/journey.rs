//! How a learner gets along with an exercise: the runs, the hints that were opened, the questions that were asked.

use serde::{Deserialize, Serialize};

use crate::verdict::{ExerciseOutcome, Verdict};

/// The rungs of every hint ladder; the last one is the solution.
pub const RUNGS: u32 = 4;
/// So many runs in a row that end at the same promise, and it is time to stop and think.
pub const STUCK: u32 = 3;
/// Older verdicts than this are forgotten.
const KEPT: usize = 200;

/// An exercise's story so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Journey {
    /// Fingerprint of the text that was run last.
    last: String,
    /// Runs with another text than the one before.
    pub runs: u32,
    /// What became of these runs, the oldest first.
    pub verdicts: Vec<Verdict>,
    /// Rungs of the hint ladder that are open.
    pub rungs: u32,
    /// `runs` when the last rung was opened.
    rung_at: u32,
    /// All promises were kept once.
    pub passed: bool,
    /// The solution was shown before that.
    pub gave_up: bool,
    /// The test that the last run ended at.
    pub ended_at: Option<String>,
    /// Runs in a row that ended there.
    pub times: u32,
    /// Tests about which a prediction was asked for.
    asked: Vec<String>,
}

/// What happens on the way.
#[derive(Debug, Clone)]
pub enum Step {
    /// A text, by its fingerprint, was run.
    Ran(String, Box<ExerciseOutcome>),
    /// The next rung of the hint ladder was opened.
    Hint,
    /// The solution was shown.
    Solution,
    /// The learner was asked what this test will see on the next run.
    Asked(String),
}

impl Journey {
    /// Goes on by one step.
    pub fn go(&mut self, step: &Step) {
        match step {
            Step::Ran(text, outcome) => self.ran(text, outcome),
            Step::Hint => (self.rungs, self.rung_at) = ((self.rungs + 1).min(RUNGS), self.runs),
            Step::Solution => self.gave_up |= !self.passed,
            Step::Asked(test) => self.asked.push(test.clone()),
        }
    }

    /// Whether the next rung may be opened: the first at once, each other one after one more run with changed code.
    pub fn may_have_hint(&self) -> bool {
        self.rungs < RUNGS && (self.rungs == 0 || self.runs > self.rung_at)
    }

    /// Whether the solution may be seen without giving up.
    pub fn has_solution(&self) -> bool {
        self.passed || self.gave_up
    }

    /// Whether this is the text that was run last.
    pub fn was_run_with(&self, text: &str) -> bool {
        self.last == text
    }

    /// The test about which it is time to ask for a prediction.
    pub fn question(&self) -> Option<&str> {
        let test = self.ended_at.as_deref().filter(|_| self.times >= STUCK)?;
        (!self.asked.iter().any(|asked| asked == test)).then_some(test)
    }

    fn ran(&mut self, text: &str, outcome: &ExerciseOutcome) {
        let Some(verdict) = outcome.verdict.filter(|_| !self.was_run_with(text)) else { return };
        self.last = text.to_owned();
        self.passed |= verdict == Verdict::Passed;
        if verdict == Verdict::NotStarted {
            return;
        }
        self.runs += 1;
        self.verdicts.push(verdict);
        let old = self.verdicts.len().saturating_sub(KEPT);
        self.verdicts.drain(..old);
        // What does not compile says nothing about a promise.
        if verdict == Verdict::DoesNotCompile {
            return;
        }
        let ended_at = outcome.told().map(|test| test.info.name.clone());
        self.times = if ended_at.is_some() && ended_at == self.ended_at { self.times + 1 } else { 1 };
        self.ended_at = ended_at;
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Place, TestInfo};

    use super::{Journey, RUNGS, Step};
    use crate::verdict::{ExerciseOutcome, TestOutcome, Verdict, does_not_compile, from_tests};

    fn failed(test: &str) -> ExerciseOutcome {
        let place = Place { file: String::new(), line: 1, column: None };
        let info =
            TestInfo { name: test.to_owned(), promise: String::new(), rejects: vec![], read: String::new(), place };
        from_tests(vec![TestOutcome { verdict: Verdict::Failed, ..TestOutcome::blank(&info, 0) }], vec![], vec![])
    }

    fn passed() -> ExerciseOutcome {
        ExerciseOutcome { verdict: Some(Verdict::Passed), ..ExerciseOutcome::default() }
    }

    fn run(journey: &mut Journey, text: &str, outcome: ExerciseOutcome) {
        journey.go(&Step::Ran(text.to_owned(), Box::new(outcome)));
    }

    #[test]
    fn the_same_text_again_is_no_further_run() {
        let mut journey = Journey::default();
        run(&mut journey, "a", failed("one"));
        run(&mut journey, "a", failed("one"));
        assert_eq!((journey.runs, journey.times), (1, 1));
        run(&mut journey, "b", passed());
        assert_eq!(journey.verdicts, [Verdict::Failed, Verdict::Passed]);
        assert!(journey.has_solution() && journey.ended_at.is_none());
    }

    #[test]
    fn a_rung_opens_after_one_more_run_with_changed_code() {
        let mut journey = Journey::default();
        assert!(journey.may_have_hint(), "the first one at once");
        for rung in 1..=RUNGS {
            journey.go(&Step::Hint);
            assert_eq!((journey.rungs, journey.may_have_hint()), (rung, false));
            run(&mut journey, &rung.to_string(), failed("one"));
            assert_eq!(journey.may_have_hint(), rung < RUNGS);
        }
    }

    #[test]
    fn after_three_runs_that_end_at_the_same_promise_one_question_is_asked() {
        let mut journey = Journey::default();
        run(&mut journey, "a", failed("one"));
        run(&mut journey, "b", failed("one"));
        run(&mut journey, "c", does_not_compile(Vec::new()));
        assert_eq!(journey.question(), None);
        run(&mut journey, "d", failed("one"));
        assert_eq!(journey.question(), Some("one"));
        journey.go(&Step::Asked("one".to_owned()));
        assert_eq!(journey.question(), None);
        for text in ["e", "f", "g"] {
            run(&mut journey, text, failed("two"));
        }
        assert_eq!(journey.question(), Some("two"));
    }

    #[test]
    fn giving_up_counts_only_before_the_first_pass() {
        let mut journey = Journey::default();
        journey.go(&Step::Solution);
        assert!(journey.gave_up && journey.has_solution());
        let mut journey = Journey::default();
        run(&mut journey, "a", passed());
        journey.go(&Step::Solution);
        assert!(!journey.gave_up);
    }
}
