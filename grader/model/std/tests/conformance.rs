//! The facade does what std does: programs with known outcomes, on both.

use std::collections::BTreeSet;

use interleave::{Outcome, Search};

/// How often the real std is asked. What it answers must be allowed; that it gives every answer is not asked.
const RUNS: usize = 20;

#[test]
fn the_search_finds_exactly_the_outcomes_that_are_allowed() {
    let mut wrong = Vec::new();
    for case in cases::conformance::all() {
        let mut found = BTreeSet::new();
        let run = case.run;
        let outcome = Search::new().max_executions(20_000).run_each(run, |seen| {
            found.insert(seen);
        });
        let allowed: BTreeSet<_> = case.outcomes.iter().map(|outcome| (*outcome).to_owned()).collect();
        if !matches!(outcome, Outcome::AllChecked { .. }) || found != allowed {
            wrong.push(format!("{}\n{outcome:#?}\nallowed {allowed:?}\nfound   {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_real_std_gives_no_other_outcome() {
    for case in cases_real::conformance::all() {
        for _ in 0..RUNS {
            let seen = (case.run)();
            let allowed = case.outcomes.iter().chain(case.in_real_time).any(|outcome| *outcome == seen);
            assert!(allowed, "{}: {seen}", case.name);
        }
    }
}

/// Outside of explorations the facade's threads are real.
#[test]
fn outside_of_explorations_the_facade_gives_no_other_outcome() {
    for case in cases::conformance::all() {
        let seen = (case.run)();
        let allowed = case.outcomes.iter().chain(case.in_real_time).any(|outcome| *outcome == seen);
        assert!(allowed, "{}: {seen}", case.name);
    }
}
