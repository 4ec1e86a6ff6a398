//! What a known solution claims about itself.

use crate::verdict::Verdict;

/// The claim of a file among an exercise's faces.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Claim {
    /// Every test runs into `todo!()`.
    NotStarted,
    /// Every test passes.
    Passes,
    /// This test does not pass, with this verdict.
    CaughtBy {
        /// The test's name.
        test: String,
        /// Its verdict.
        verdict: Verdict,
    },
}

impl Claim {
    /// Reads the first line of a wrong solution: `//! caught by: results_come_in_input_order (failed)`.
    pub fn of_wrong(text: &str) -> Option<Self> {
        let claim = text.lines().next()?.strip_prefix("//! caught by:")?.trim();
        let (test, verdict) = claim.strip_suffix(')')?.split_once('(')?;
        Some(Self::CaughtBy { test: test.trim().to_owned(), verdict: verdict_named(verdict.trim())? })
    }
}

/// The verdicts a wrong solution can claim.
fn verdict_named(name: &str) -> Option<Verdict> {
    let claimable = [
        Verdict::Failed,
        Verdict::Deadlocked,
        Verdict::Livelocked,
        Verdict::TimedOut,
        Verdict::Crashed,
        Verdict::Leaked,
        Verdict::DoesNotCompile,
    ];
    claimable.into_iter().find(|verdict| verdict.name() == name)
}

#[cfg(test)]
mod tests {
    use super::Claim;
    use crate::verdict::Verdict;

    #[test]
    fn a_wrong_solution_names_its_test_and_verdict_in_the_first_line() {
        let claim = Claim::of_wrong("//! caught by: jobs_overlap (deadlocked)\n//! idea: one lock for all.\n");
        assert_eq!(claim, Some(Claim::CaughtBy { test: "jobs_overlap".to_owned(), verdict: Verdict::Deadlocked }));
    }

    #[test]
    fn a_claim_to_pass_or_without_a_verdict_is_none() {
        assert_eq!(Claim::of_wrong("//! caught by: jobs_overlap (passed)"), None);
        assert_eq!(Claim::of_wrong("//! caught by: jobs_overlap"), None);
        assert_eq!(Claim::of_wrong("//! A wrong one."), None);
    }
}
