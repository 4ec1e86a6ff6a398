//! Which wrong idea may be behind a failure.
//!
//! A learner's pattern of broken promises is compared with those of the known wrong solutions. A test that few of them
//! break says more than one that nearly all break, so tests are weighed by how rare they are; the similarity of two
//! patterns is the weight of what they share over the weight of all that either breaks (the weighted Jaccard index).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ExerciseOutcome, TestOutcome, Verdict};
use crate::catalog::diagnosis::{Table, Wrong};

/// More ideas than this are no help.
const MOST: usize = 2;
/// Patterns that are less alike than this have nothing to do with each other.
const ALIKE: f64 = 0.5;
/// A second idea is worth a line if it fits nearly as well as the first.
const NEARLY: f64 = 0.9;
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
        })
    }
}

/// Whether a failure can come from a wrong idea.
pub fn may_be_an_idea(test: &TestOutcome) -> bool {
    let runs_on = test.waits.iter().any(|party| party.on.is_none());
    test.verdict != Verdict::Crashed && !(test.verdict == Verdict::TimedOut && runs_on)
}

/// The ideas whose known wrong solutions break most nearly the same promises, the best first. Solutions that show the
/// same misconception count as one.
pub fn diagnose(table: &Table, pattern: &Pattern) -> Vec<Idea> {
    let weights = weights(table);
    let fitting = table.wrong.iter().filter(|wrong| wrong.broken.contains_key(&pattern.told));
    let mut ranked: Vec<(f64, &Wrong)> = fitting
        .map(|wrong| (similarity(wrong, pattern, &weights), wrong))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let Some((best, _)) = ranked.first().copied() else { return Vec::new() };
    let mut ideas: Vec<Idea> = Vec::new();
    for (alike, wrong) in ranked {
        let is_new = !ideas.iter().any(|idea| match &idea.misconception {
            Some(known) => wrong.misconception.as_ref() == Some(known),
            None => idea.idea == wrong.idea,
        });
        if alike < best * NEARLY || ideas.len() == MOST {
            break;
        }
        if is_new {
            ideas.push(Idea { misconception: wrong.misconception.clone(), idea: wrong.idea.clone() });
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

    fn named(told: &str, tests: &[(&str, &str)], unknown: &[&str]) -> Vec<String> {
        let unknown = unknown.iter().map(|test| (*test).to_owned()).collect();
        let pattern = Pattern { broken: broken(tests), unknown, told: told.to_owned() };
        diagnose(&table(), &pattern).into_iter().map(|idea| idea.idea).collect()
    }

    #[test]
    fn the_same_pattern_names_the_same_idea() {
        assert_eq!(named("order", &[("order", "failed")], &[]), ["a stack"]);
        assert_eq!(named("overlap", &[("overlap", "failed"), ("order", "failed")], &[]), ["one at a time"]);
        assert_eq!(
            named("overlap", &[("overlap", "failed"), ("order", "failed"), ("limit", "failed")], &[]),
            ["sequential"]
        );
    }

    #[test]
    fn what_is_not_known_speaks_for_nobody() {
        assert_eq!(
            named("overlap", &[("overlap", "failed"), ("order", "failed")], &["limit"]),
            ["one at a time", "sequential"]
        );
    }

    #[test]
    fn an_idea_that_does_not_break_the_test_in_question_is_not_named() {
        assert!(
            named("limit", &[("limit", "leaked"), ("ends", "deadlocked"), ("leaves nobody", "leaked")], &[]).is_empty()
        );
    }

    #[test]
    fn another_verdict_on_the_same_test_is_half_as_alike() {
        assert_eq!(named("ends", &[("ends", "deadlocked"), ("leaves nobody", "failed")], &[]), ["forgotten sender"]);
        assert!(named("ends", &[("ends", "failed"), ("order", "failed")], &[]).is_empty());
    }
}
