//! Which wrong idea may be behind a failure.
//!
//! Two things speak for an idea. The test that the story is about is there to reject some misconceptions. And the
//! learner's pattern of broken promises is like that of a known wrong solution: a test that few of them break says more
//! than one that nearly all break, so tests are weighed by how rare they are; the similarity of two patterns is the
//! weight of what they share over the weight of all that either breaks (the weighted Jaccard index). Neither is enough.
//! What a test rejects says nothing about which of several it is, and a wrong solution that nobody has foreseen is often
//! like one with another idea. `cargo run -p grader --example diagnosis` measures both and what is made of them here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ExerciseOutcome, TestOutcome, Verdict};
use crate::catalog::diagnosis::{Table, Wrong};

/// More ideas than this are no help.
const MOST: usize = 2;
/// Patterns that are less alike than this have nothing to do with each other.
const ALIKE: f64 = 0.5;
/// As much as such a similarity counts that the test rejects an idea of which no known wrong solution is alike.
const REJECTED: f64 = 0.95;
/// How much less each further idea counts that the test rejects: it names the most likely ones first.
const LATER: f64 = 0.01;
/// What it adds to a similarity that the test rejects that idea.
const BOTH: f64 = 0.1;
/// A second idea is worth a line if it counts at least so much of the first.
const NEARLY: f64 = 0.6;
/// What a test that is broken in another way counts: a deadlock here, a wrong value there.
const OTHERWISE: f64 = 0.5;

/// A wrong idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Idea {
    /// Its number in the catalogue, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misconception: Option<String>,
    /// The idea, as a learner holds it.
    pub idea: String,
}

/// What does not pass, and what is not known.
#[derive(Debug, Clone, Default)]
pub struct Pattern {
    /// Tests with their verdicts.
    pub broken: BTreeMap<String, String>,
    /// Tests that ran into a `todo!()` or were not run.
    pub unknown: BTreeSet<String>,
    /// The test that the story is about.
    pub told: String,
    /// The misconceptions that it is there to reject, the most likely first.
    pub rejects: Vec<String>,
}

impl Pattern {
    /// The pattern of an outcome; none, if it has other causes than ideas: a crash, or code that never stops.
    pub fn of(outcome: &ExerciseOutcome) -> Option<Self> {
        let told = outcome.told().filter(|test| test.todo.is_none() && may_be_an_idea(test))?;
        let broken = outcome.tests.iter().filter(|test| test.verdict != Verdict::Passed && test.todo.is_none());
        let todo = outcome.tests.iter().filter(|test| test.todo.is_some()).map(|test| &test.info);
        Some(Self {
            broken: broken.map(|test| (test.info.name.clone(), test.verdict.name().to_owned())).collect(),
            unknown: todo.chain(&outcome.not_run).map(|info| info.name.clone()).collect(),
            told: told.info.name.clone(),
            rejects: told.info.rejects.clone(),
        })
    }
}

/// Whether a failure can come from a wrong idea.
fn may_be_an_idea(test: &TestOutcome) -> bool {
    let runs_on = test.waits.iter().any(|party| party.on.is_none());
    test.verdict != Verdict::Crashed && !(test.verdict == Verdict::TimedOut && runs_on)
}

/// The ideas that are most likely behind a failure, the best first. `catalogue` has the misconceptions by their numbers.
/// Solutions that show the same misconception count as one.
pub fn diagnose(table: &Table, pattern: &Pattern, catalogue: &BTreeMap<String, String>) -> Vec<Idea> {
    let weights = weights(table);
    let mut ranked: Vec<(f64, Idea)> = Vec::new();
    for wrong in table.wrong.iter().filter(|wrong| wrong.broken.contains_key(&pattern.told)) {
        let alike = similarity(wrong, pattern, &weights);
        if alike >= ALIKE {
            let is_rejected = wrong.misconception.as_ref().is_some_and(|id| pattern.rejects.contains(id));
            let counts = alike + if is_rejected { BOTH } else { 0.0 };
            ranked.push((counts, Idea { misconception: wrong.misconception.clone(), idea: wrong.idea.clone() }));
        }
    }
    let mut counts = REJECTED;
    for (id, idea) in pattern.rejects.iter().filter_map(|id| catalogue.get_key_value(id)) {
        if !ranked.iter().any(|(_, known)| known.misconception.as_ref() == Some(id)) {
            ranked.push((counts, Idea { misconception: Some(id.clone()), idea: idea.clone() }));
            counts -= LATER;
        }
    }
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let best = ranked.first().map_or(0.0, |(counts, _)| *counts);
    let mut ideas: Vec<Idea> = Vec::new();
    for (_, idea) in ranked.into_iter().filter(|(counts, _)| *counts >= best * NEARLY) {
        let is_new = !ideas.iter().any(|known| match &known.misconception {
            Some(id) => idea.misconception.as_ref() == Some(id),
            None => known.idea == idea.idea,
        });
        if is_new && ideas.len() < MOST {
            ideas.push(idea);
        }
    }
    ideas
}

/// How much each test says, by how few wrong solutions break it.
fn weights(table: &Table) -> BTreeMap<&str, f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for test in table.wrong.iter().flat_map(|wrong| wrong.broken.keys()) {
        *counts.entry(test).or_default() += 1.0;
    }
    let all = u32::try_from(table.wrong.len()).map_or(f64::MAX, f64::from);
    counts.into_iter().map(|(test, count)| (test, (1.0 + all / count).ln())).collect()
}

fn similarity(wrong: &Wrong, pattern: &Pattern, weights: &BTreeMap<&str, f64>) -> f64 {
    let tests: BTreeSet<&String> = wrong.broken.keys().chain(pattern.broken.keys()).collect();
    let (mut shared, mut all) = (0.0, 0.0);
    for test in tests.into_iter().filter(|test| !pattern.unknown.contains(*test)) {
        let weight = weights.get(test.as_str()).copied().unwrap_or(1.0);
        all += weight;
        shared += match (wrong.broken.get(test), pattern.broken.get(test)) {
            (Some(one), Some(other)) if one == other => weight,
            (Some(_), Some(_)) => weight * OTHERWISE,
            _ => 0.0,
        };
    }
    if all > 0.0 { shared / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Pattern, diagnose};
    use crate::catalog::diagnosis::{Table, Wrong};

    fn broken(tests: &[(&str, &str)]) -> BTreeMap<String, String> {
        tests.iter().map(|(test, verdict)| ((*test).to_owned(), (*verdict).to_owned())).collect()
    }

    fn wrong(misconception: Option<&str>, idea: &str, tests: &[(&str, &str)]) -> Wrong {
        Wrong {
            file: idea.to_owned(),
            misconception: misconception.map(str::to_owned),
            idea: idea.to_owned(),
            broken: broken(tests),
        }
    }

    fn table() -> Table {
        let wrong = vec![
            wrong(Some("M01"), "forgotten sender", &[("ends", "deadlocked"), ("leaves nobody", "leaked")]),
            wrong(Some("M15"), "one at a time", &[("overlap", "failed"), ("order", "failed")]),
            wrong(Some("M91"), "sequential", &[("overlap", "failed"), ("order", "failed"), ("limit", "failed")]),
            wrong(None, "a stack", &[("order", "failed")]),
        ];
        Table { made_from: String::new(), wrong }
    }

    /// What is named for this pattern, if the test in question rejects these misconceptions.
    fn named(told: &str, tests: &[(&str, &str)], unknown: &[&str], rejects: &[&str]) -> Vec<String> {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let pattern = Pattern {
            broken: broken(tests),
            unknown: texts(unknown).into_iter().collect(),
            told: told.to_owned(),
            rejects: texts(rejects),
        };
        let catalogue = ["M01", "M15", "M72", "M91"].map(|id| (id.to_owned(), format!("the idea {id}")));
        diagnose(&table(), &pattern, &catalogue.into()).into_iter().map(|idea| idea.idea).collect()
    }

    const ALL_BUT_LIMIT: [(&str, &str); 2] = [("overlap", "failed"), ("order", "failed")];

    #[test]
    fn the_same_pattern_names_the_same_idea() {
        assert_eq!(named("order", &[("order", "failed")], &[], &[]), ["a stack"]);
        assert_eq!(named("overlap", &ALL_BUT_LIMIT, &[], &[]), ["one at a time"]);
        let all = [("overlap", "failed"), ("order", "failed"), ("limit", "failed")];
        assert_eq!(named("overlap", &all, &[], &[]), ["sequential"]);
    }

    #[test]
    fn what_is_not_known_speaks_for_nobody() {
        assert_eq!(named("overlap", &ALL_BUT_LIMIT, &["limit"], &[]), ["one at a time", "sequential"]);
    }

    #[test]
    fn of_two_that_are_alike_the_one_that_the_test_rejects_comes_first() {
        assert_eq!(named("overlap", &ALL_BUT_LIMIT, &["limit"], &["M91"]), ["sequential", "one at a time"]);
    }

    #[test]
    fn where_nothing_known_is_alike_what_the_test_rejects_is_named() {
        let unlike = [("limit", "leaked"), ("ends", "deadlocked"), ("leaves nobody", "leaked")];
        assert!(
            named("limit", &unlike, &[], &[]).is_empty(),
            "an idea that does not break this test has no part in it"
        );
        assert_eq!(named("limit", &unlike, &[], &["M72", "M15", "M01"]), ["the idea M72", "the idea M15"]);
    }

    #[test]
    fn a_likeness_counts_more_than_what_the_test_rejects_besides() {
        assert_eq!(named("order", &[("order", "failed")], &[], &["M72"]), ["a stack", "the idea M72"]);
    }

    #[test]
    fn another_verdict_on_the_same_test_is_half_as_alike() {
        let leaves_nobody = [("ends", "deadlocked"), ("leaves nobody", "failed")];
        assert_eq!(named("ends", &leaves_nobody, &[], &[]), ["forgotten sender"]);
        assert!(named("ends", &[("ends", "failed"), ("order", "failed")], &[], &[]).is_empty());
    }
}
