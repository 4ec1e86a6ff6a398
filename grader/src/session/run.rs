//! Running the tests of built programs, side by side.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Error, Result, bail};
use protocol::TestInfo;

use super::{parallel, repeat};
use crate::bench::Program;
use crate::process::{NotListed, Runner};
use crate::verdict::{self, TestOutcome};

/// The tests of one program after their run.
#[derive(Debug, Default)]
pub struct Ran {
    /// Judged tests, in source order.
    pub outcomes: Vec<TestOutcome>,
    /// Tests that were not worth running any more.
    pub not_run: Vec<TestInfo>,
    /// Why schedules were not explored.
    pub unmodelled: Option<String>,
}

struct Task<'a> {
    program: usize,
    executable: &'a Path,
    built_from: &'a Program,
    info: &'a TestInfo,
}

/// Runs all tests of all programs and returns them by program.
///
/// # Errors
///
/// If the grader itself cannot work.
pub fn tests_of(programs: &[(&Program, &Path)], runner: &Runner, jobs: usize) -> Result<Vec<Ran>> {
    let mut ran: Vec<Ran> = programs.iter().map(|_| Ran::default()).collect();
    let mut listings: Vec<Vec<TestInfo>> = Vec::with_capacity(programs.len());
    for (ran, listed) in ran.iter_mut().zip(parallel::map(jobs, programs, |(_, executable)| runner.list(executable))) {
        match listed.map_err(Error::downcast::<NotListed>) {
            Ok(listing) => listings.push(listing.tests),
            Err(Ok(NotListed(report))) => {
                ran.outcomes.push(verdict::not_begun(&report));
                listings.push(Vec::new());
            }
            Err(Err(error)) => return Err(error),
        }
    }
    let tasks: Vec<Task<'_>> = listings
        .iter()
        .enumerate()
        .flat_map(|(program, infos)| infos.iter().map(move |info| (program, info)))
        .map(|(program, info)| Task { program, executable: programs[program].1, built_from: programs[program].0, info })
        .collect();
    // Whatever such a test is told to be: it has taken all the time there was.
    let slow = u64::try_from(runner.deadline.as_millis()).unwrap_or(u64::MAX) / 4 * 3;
    // No further test of such a program is begun: the learner's minute counts.
    let was_slow: Vec<AtomicBool> = programs.iter().map(|_| AtomicBool::new(false)).collect();
    let outcomes = parallel::map(jobs, &tasks, |task| -> Result<Option<TestOutcome>> {
        if was_slow[task.program].load(Ordering::Relaxed) {
            return Ok(None);
        }
        let outcome = run_one(task.built_from, task.executable, task.info, runner)?;
        if outcome.elapsed_ms >= slow {
            was_slow[task.program].store(true, Ordering::Relaxed);
        }
        Ok(Some(outcome))
    });
    for (task, outcome) in tasks.iter().zip(outcomes) {
        match outcome? {
            Some(outcome) => ran[task.program].outcomes.push(outcome),
            None => ran[task.program].not_run.push(task.info.clone()),
        }
    }
    repeat::confirm(programs, &mut ran, runner, jobs)?;
    Ok(ran)
}

/// Runs and judges one test once.
///
/// # Errors
///
/// As [`run_times`].
pub fn run_one(program: &Program, executable: &Path, info: &TestInfo, runner: &Runner) -> Result<TestOutcome> {
    let outcomes = run_times(program, executable, info, runner, 1)?;
    outcomes.into_iter().next().context("a cell reports at least one run")
}

/// Runs one test several times and judges each run.
///
/// # Errors
///
/// If the program answers for another text than the one it was built from, or cannot be run at all.
pub fn run_times(
    program: &Program,
    executable: &Path,
    info: &TestInfo,
    runner: &Runner,
    times: u32,
) -> Result<Vec<TestOutcome>> {
    let runs = runner.run(executable, &info.name, times)?;
    let fingerprint = program.fingerprint();
    if runs.iter().flat_map(|run| &run.answers).any(|answer| answer.source != fingerprint) {
        bail!("{} was built from another text than the one to be judged; run the grader again", executable.display());
    }
    Ok(runs.iter().map(|run| verdict::judge(info, run, &program.text)).collect())
}
