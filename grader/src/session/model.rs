//! The second half of a verdict, where schedules matter: the same files with the model in place of std.
//!
//! The model bench is built beside the ordinary tests and costs the learner no time while those fail: only a program
//! whose ordinary tests all pass is run under every schedule.

use std::sync::mpsc;
use std::thread;

use anyhow::{Result, anyhow};

use super::run::{Ran, tests_of};
use super::{Options, Step};
use crate::bench::{Bench, Modelled, Program};
use crate::process::Runner;
use crate::stop::Stopped;
use crate::verdict::Verdict;

/// Runs `ordinary` and, for the programs that pass, adds the tests of their models.
pub fn beside(
    bench: &Bench,
    programs: &[Program],
    runner: &Runner,
    options: &Options,
    announce: &mut dyn FnMut(Step<'_>),
    ordinary: impl FnOnce() -> Result<Vec<Option<Ran>>>,
) -> Result<Vec<Option<Ran>>> {
    if programs.iter().all(|program| program.model.is_none()) {
        return ordinary();
    }
    let stop = runner.stop.part();
    let (mut ran, modelled) = thread::scope(|scope| {
        let (news, heard) = mpsc::channel();
        let building = scope.spawn(|| {
            let news = news;
            bench.build_models(programs, &stop, &mut |step| {
                let _ = news.send(step);
            })
        });
        let ran = ordinary();
        let needed = ran.as_ref().is_ok_and(|ran| ran.iter().flatten().any(passed));
        if !needed {
            stop.ask();
        }
        for step in heard {
            announce(Step::Building(&step));
        }
        let modelled = building.join().unwrap_or_else(|_| Err(anyhow!("building the model bench broke down")));
        let modelled = match modelled {
            Err(error) if !needed && error.is::<Stopped>() => Modelled::default(),
            modelled => modelled?,
        };
        Ok::<_, anyhow::Error>((ran?, modelled))
    })?;
    announce(Step::Exploring);
    explore(programs, &mut ran, modelled, runner, options)?;
    Ok(ran)
}

/// Adds what the models say.
fn explore(
    programs: &[Program],
    ran: &mut [Option<Ran>],
    mut modelled: Modelled,
    runner: &Runner,
    options: &Options,
) -> Result<()> {
    let mut wanted = Vec::new();
    for (at, program) in programs.iter().enumerate() {
        let Some(ran) = ran[at].as_mut().filter(|ran| passed(ran)) else { continue };
        ran.unmodelled = modelled.missing.remove(&program.name);
        wanted.extend(modelled.executables.get(&program.name).map(|executable| (at, executable.as_path())));
    }
    let executables: Vec<_> = wanted.iter().map(|(at, executable)| (&programs[*at], *executable)).collect();
    for ((at, _), model) in wanted.iter().zip(tests_of(&executables, runner, options.jobs)?) {
        if let Some(ran) = &mut ran[*at] {
            ran.outcomes.extend(model.outcomes);
            ran.not_run.extend(model.not_run);
        }
    }
    Ok(())
}

fn passed(ran: &Ran) -> bool {
    ran.not_run.is_empty() && ran.outcomes.iter().all(|test| test.verdict == Verdict::Passed)
}
