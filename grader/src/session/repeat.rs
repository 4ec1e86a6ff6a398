//! The same answer every time? A test that is right half of the time is not right.

use std::path::Path;

use anyhow::Result;

use super::parallel;
use super::run::{Ran, run_times};
use crate::bench::Program;
use crate::process::Runner;
use crate::verdict::{self, TestOutcome, Verdict};

/// Runs of one test at most, the first included.
const RUNS: u32 = 20;
/// Time in processes that confirming a program's pass may cost. The learner waits for the verdict.
const PASS_BUDGET_MS: u64 = 150;
/// Time in processes that confirming a failure may cost.
const FAIL_BUDGET_MS: u64 = 50;
/// A test that takes longer than this is not cheap to repeat.
const CHEAP_MS: u64 = 50;

/// A test to be run again.
struct Again {
    program: usize,
    test: usize,
    times: u32,
}

/// Runs tests again in fresh processes, as often as their share of the budget allows, but once at least: all tests
/// of programs that passed, the failed ones of the others.
pub fn confirm(programs: &[(&Program, &Path)], ran: &mut [Ran], runner: &Runner, jobs: usize) -> Result<()> {
    let again: Vec<Again> = ran.iter().enumerate().flat_map(|(program, ran)| worth_repeating(program, ran)).collect();
    let repeated = parallel::map(jobs, &again, |test| {
        let (program, executable) = programs[test.program];
        run_times(program, executable, &ran[test.program].outcomes[test.test].info, runner, test.times)
    });
    for (test, outcomes) in again.iter().zip(repeated) {
        let first = &mut ran[test.program].outcomes[test.test];
        *first = all_told(first.clone(), outcomes?);
    }
    Ok(())
}

fn worth_repeating(program: usize, ran: &Ran) -> Vec<Again> {
    let all_passed = ran.not_run.is_empty() && ran.outcomes.iter().all(|test| test.verdict == Verdict::Passed);
    let (wanted, budget) =
        if all_passed { (Verdict::Passed, PASS_BUDGET_MS) } else { (Verdict::Failed, FAIL_BUDGET_MS) };
    // What was explored comes out the same every time.
    let cheap = |test: &TestOutcome| {
        test.verdict == wanted && test.todo.is_none() && test.explored.is_none() && test.elapsed_ms <= CHEAP_MS
    };
    let chosen: Vec<(usize, u64)> = ran
        .outcomes
        .iter()
        .enumerate()
        .filter(|(_, test)| cheap(test))
        .map(|(at, test)| (at, test.elapsed_ms))
        .collect();
    let share = budget / (chosen.len() as u64).max(1);
    let times =
        |elapsed_ms: u64| u32::try_from(share / (elapsed_ms + 1)).map_or(RUNS, |times| times.clamp(1, RUNS - 1));
    chosen.into_iter().map(|(test, elapsed_ms)| Again { program, test, times: times(elapsed_ms) }).collect()
}

/// One outcome for all runs of a test: a failure, if there was one.
fn all_told(first: TestOutcome, others: Vec<TestOutcome>) -> TestOutcome {
    let runs: Vec<TestOutcome> = std::iter::once(first).chain(others).collect();
    let count = |runs: &[TestOutcome], passed: bool| {
        let alike = runs.iter().filter(|run| (run.verdict == Verdict::Passed) == passed).count();
        u32::try_from(alike).unwrap_or(u32::MAX)
    };
    let (passed, failed) = (count(&runs, true), count(&runs, false));
    let telling = runs.iter().find(|run| run.verdict != Verdict::Passed).unwrap_or(&runs[0]).clone();
    verdict::repeated(telling, passed, passed + failed)
}
