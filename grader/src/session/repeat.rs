//! The same answer every time? A test that is right half of the time is not right.

use std::path::Path;
use std::sync::Mutex;

use anyhow::Result;

use super::parallel;
use super::run::{Ran, run_one};
use crate::bench::Program;
use crate::process::Runner;
use crate::verdict::{self, TestOutcome, Verdict};

/// Runs of one test at most, the first included.
const RUNS: u32 = 20;
/// Time in processes that confirming a program's pass may cost.
const PASS_BUDGET_MS: u64 = 300;
/// Time in processes that confirming a failure may cost: the learner waits for the message.
const FAIL_BUDGET_MS: u64 = 60;
/// What starting and ending a process costs, as far as the test's own clock does not see it.
const OVERHEAD_MS: u64 = 2;

/// A test that is run again, and what its runs said.
struct Repeated {
    program: usize,
    test: usize,
    state: Mutex<State>,
}

struct State {
    passed: u32,
    runs: u32,
    /// The outcome to report: a failure, if there was one.
    telling: TestOutcome,
}

/// Runs tests again, in rounds, until each was run [`RUNS`] times or its program's budget is spent: all tests of
/// programs that passed, the failed ones of the others.
pub fn confirm(programs: &[(&Program, &Path)], ran: &mut [Ran], runner: &Runner, jobs: usize) -> Result<()> {
    let mut budgets: Vec<u64> = ran.iter().map(budget).collect();
    let repeated: Vec<Repeated> = ran.iter().enumerate().flat_map(|(program, ran)| candidates(program, ran)).collect();
    for _ in 1..RUNS {
        let round: Vec<&Repeated> = repeated
            .iter()
            .filter(|test| {
                let cost = test.state.lock().expect("no run panics").telling.elapsed_ms + OVERHEAD_MS;
                let affordable = budgets[test.program] >= cost;
                budgets[test.program] = budgets[test.program].saturating_sub(cost);
                affordable
            })
            .collect();
        if round.is_empty() {
            break;
        }
        let results = parallel::map(jobs, &round, |test| {
            let (program, executable) = programs[test.program];
            let info = test.state.lock().expect("no run panics").telling.info.clone();
            let outcome = run_one(program, executable, &info, runner)?;
            test.state.lock().expect("no run panics").count(outcome);
            anyhow::Ok(())
        });
        results.into_iter().collect::<Result<()>>()?;
    }
    for test in repeated {
        let State { passed, runs, telling } = test.state.into_inner().expect("no run panics");
        ran[test.program].outcomes[test.test] = verdict::repeated(telling, passed, runs);
    }
    Ok(())
}

fn budget(ran: &Ran) -> u64 {
    let all_passed = ran.not_run.is_empty() && ran.outcomes.iter().all(|test| test.verdict == Verdict::Passed);
    if all_passed { PASS_BUDGET_MS } else { FAIL_BUDGET_MS }
}

fn candidates(program: usize, ran: &Ran) -> Vec<Repeated> {
    let all_passed = ran.outcomes.iter().all(|test| test.verdict == Verdict::Passed);
    let wanted = if all_passed { Verdict::Passed } else { Verdict::Failed };
    let tests = ran.outcomes.iter().enumerate().filter(|(_, test)| test.verdict == wanted && test.todo.is_none());
    tests
        .map(|(at, outcome)| {
            let passed = u32::from(outcome.verdict == Verdict::Passed);
            let state = Mutex::new(State { passed, runs: 1, telling: outcome.clone() });
            Repeated { program, test: at, state }
        })
        .collect()
}

impl State {
    fn count(&mut self, outcome: TestOutcome) {
        self.runs += 1;
        if outcome.verdict == Verdict::Passed {
            self.passed += 1;
        } else if self.telling.verdict == Verdict::Passed {
            self.telling = outcome;
        }
    }
}
