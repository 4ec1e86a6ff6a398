//! Orders mean what they say: exactly the outcomes that are known, of programs that tell memory models apart.

use std::collections::BTreeSet;
use std::time::Duration;

use interleave::{Outcome, Search};

/// How often the real std is asked.
const RUNS: usize = 200;

fn outcomes(search: &Search, run: fn() -> String) -> (Outcome, BTreeSet<String>) {
    let mut found = BTreeSet::new();
    let search = search.clone().max_time(Duration::from_secs(600)).max_executions(200_000);
    let outcome = search.run_each(run, |seen| {
        found.insert(seen);
    });
    (outcome, found)
}

#[test]
fn the_search_finds_exactly_the_outcomes_of_the_memory_model() {
    let mut wrong = Vec::new();
    for case in cases::litmus::all() {
        let (outcome, found) = outcomes(&Search::new(), case.run);
        println!("{:60} {:>7}", case.name, outcome.executions());
        let known: BTreeSet<_> = case.outcomes.iter().map(|outcome| (*outcome).to_owned()).collect();
        if !matches!(outcome, Outcome::AllChecked { .. }) || found != known {
            wrong.push(format!("{}\n{outcome:#?}\nknown {known:?}\nfound {found:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn without_weak_memory_everybody_sees_the_same() {
    let strong = Search::new().weak_memory(false);
    for case in cases::litmus::all() {
        let (outcome, found) = outcomes(&strong, case.run);
        assert!(matches!(outcome, Outcome::AllChecked { .. }), "{}: {outcome:?}", case.name);
        assert!(found.iter().all(|seen| case.outcomes.contains(&seen.as_str())), "{}: {found:?}", case.name);
    }
    for (name, seen) in [("sb_relaxed", "0 0"), ("mp_relaxed_relaxed", "1 0")] {
        let case = cases::litmus::all().find(|case| case.name == name).expect("a case");
        assert!(!outcomes(&strong, case.run).1.contains(seen), "{name}");
    }
}

#[test]
fn the_real_std_gives_no_other_outcome() {
    // A real machine may do what some cases leave out, which say so by their names.
    for case in cases_real::litmus::all().filter(|case| !case.name.contains("_without_")) {
        for _ in 0..RUNS {
            let seen = (case.run)();
            assert!(case.outcomes.contains(&seen.as_str()), "{}: {seen}", case.name);
        }
    }
}

#[test]
fn programs_of_the_size_of_an_exercise_are_checked_in_full() {
    let executions = cases::litmus::sizes::ALL.iter().map(|&(name, program)| {
        match Search::new().max_time(Duration::from_secs(600)).run(program) {
            Outcome::AllChecked { executions } => executions,
            outcome => panic!("{name}: {outcome:?}"),
        }
    });
    assert_eq!(executions.collect::<Vec<_>>(), [5, 190, 20, 3_499]);
}

/// Outside of explorations the facade's atomics are the real ones.
#[test]
fn outside_of_explorations_the_facade_gives_no_other_outcome() {
    for case in cases::litmus::all() {
        let seen = (case.run)();
        assert!(case.outcomes.contains(&seen.as_str()), "{}: {seen}", case.name);
    }
}
