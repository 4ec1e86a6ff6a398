//! Building and running the faces of exercises.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use protocol::TestInfo;

use super::memory::Memory;
use super::{Claim, Faces, Finding, Proved, faces};
use crate::bench::{self, Bench, Built, Modelled, Program};
use crate::catalog::{self, Catalog, Exercise, Workbook};
use crate::process::Runner;
use crate::progress::Conditions;
use crate::session::{parallel, run_one, tests_of};
use crate::verdict::{self, ExerciseOutcome, Verdict};

/// Programs built at a time: enough that the cores which idle at the end of each lot do not matter. They share as many
/// Cargo targets, so that hundreds of them do not fill the disk.
const SLOTS: usize = 32;
/// A wrong solution that hangs is given this long.
const IMPATIENT: Duration = Duration::from_secs(2);

/// A face to be proved.
struct Case<'a> {
    exercise: &'a Exercise,
    faces: &'a Faces,
    program: Program,
    claim: Claim,
    key: String,
}

/// What was built of a batch.
struct Lot {
    built: Built,
    modelled: Modelled,
}

/// Proves the faces of exercises. `announce` hears what is going on.
///
/// # Errors
///
/// If the grader itself cannot work.
pub fn prove(
    workbook: &Workbook,
    catalog: &Catalog,
    exercises: &[(Exercise, Faces)],
    runner: &Runner,
    jobs: usize,
    announce: &mut dyn FnMut(&str),
) -> Result<Proved> {
    let conditions = Conditions::of(workbook, runner)?;
    let mut memory = Memory::load(workbook);
    let cases: Vec<Case<'_>> = exercises
        .iter()
        .flat_map(|one| claims(&one.0, &one.1).into_iter().map(move |(path, claim)| (one, path, claim)))
        .map(|(one, path, claim)| case(workbook, one, &path, claim, &conditions))
        .collect::<Result<_>>()?;
    let (known, mut open): (Vec<Case<'_>>, Vec<Case<'_>>) = cases.into_iter().partition(|case| memory.has(&case.key));
    let mut proved: BTreeSet<String> = known.iter().map(|case| case.key.clone()).collect();
    let mut result = Proved { programs: known.len(), remembered: known.len(), findings: Vec::new() };
    let bench = Bench::open(workbook, "author", &runner.stop, &mut |_| announce("waiting for another grader"))?;
    let (count, mut done) = (open.len(), 0);
    while !open.is_empty() {
        let mut batch: Vec<Case<'_>> = open.drain(..SLOTS.min(open.len())).collect();
        for (slot, case) in batch.iter_mut().enumerate() {
            case.program.name = format!("slot_{slot}");
        }
        let programs: Vec<Program> = batch.iter().map(|case| case.program.clone()).collect();
        announce(&format!("proving {} to {} of {count}", done + 1, done + batch.len()));
        let mut news = |step| {
            if let bench::Progress::Step(step) = step {
                announce(&step);
            }
        };
        let built = bench.build(&programs, &runner.stop, &mut news)?;
        let explored: Vec<Program> =
            batch.iter().filter(|case| case.is_explored()).map(|it| it.program.clone()).collect();
        let modelled = bench.build_models(&explored, &runner.stop, &mut news)?;
        let lot = Lot { built, modelled };
        let verdicts = parallel::map(jobs, &batch, |case| check(case, &lot, runner, workbook, catalog));
        for (case, findings) in batch.iter().zip(verdicts) {
            let findings = findings?;
            if findings.is_empty() {
                result.programs += 1;
                if case.may_be_remembered() {
                    proved.insert(case.key.clone());
                }
            }
            result.findings.extend(findings);
        }
        done += batch.len();
    }
    memory.replace(proved)?;
    Ok(result)
}

/// Every file of an exercise that can be run, and what it claims.
fn claims(exercise: &Exercise, faces: &Faces) -> Vec<(PathBuf, Claim)> {
    let mut claims = vec![(exercise.stub(), Claim::NotStarted), (faces.solution.clone(), Claim::Passes)];
    claims.extend(faces.right.iter().map(|path| (path.clone(), Claim::Passes)));
    claims.extend(faces.wrong.iter().cloned());
    claims
}

fn case<'a>(
    workbook: &Workbook,
    one: &'a (Exercise, Faces),
    path: &Path,
    claim: Claim,
    conditions: &Conditions,
) -> Result<Case<'a>> {
    let (exercise, faces) = one;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let program = Program::answering(workbook, exercise, path.to_owned(), text);
    let key = Memory::key(&program, &claim, conditions);
    Ok(Case { exercise, faces, program, claim, key })
}

impl Case<'_> {
    /// Whether the claim has to do with schedules: a wrong solution may name an ordinary test.
    fn is_explored(&self) -> bool {
        let named = |test: &str| {
            let tests = fs::read_to_string(&self.program.tests).unwrap_or_default();
            tests.contains(&format!("fn {test}("))
        };
        self.program.model.is_some() && !matches!(&self.claim, Claim::CaughtBy { test, .. } if named(test))
    }

    /// A right solution may use what is not modelled, if it says so.
    fn may_be_unmodelled(&self) -> bool {
        self.program.text.lines().take(3).any(|line| line.starts_with("//! not modelled:"))
    }

    /// The stub is looked at every time: its proof says something about the chapter, too.
    fn may_be_remembered(&self) -> bool {
        match &self.claim {
            Claim::NotStarted => false,
            Claim::Passes => true,
            Claim::CaughtBy { verdict, .. } => verdict.is_reusable(),
        }
    }

    fn finding(&self, workbook: &Workbook, message: String) -> Finding {
        let file = workbook.shown(&self.program.source).to_string();
        Finding { exercise: self.exercise.key(), file, message }
    }
}

/// Does the program behave as it claims?
fn check(case: &Case<'_>, lot: &Lot, runner: &Runner, workbook: &Workbook, catalog: &Catalog) -> Result<Vec<Finding>> {
    let Some(executable) = lot.built.executables.get(&case.program.name) else {
        if matches!(case.claim, Claim::CaughtBy { verdict: Verdict::DoesNotCompile, .. }) {
            return Ok(Vec::new());
        }
        let errors = lot.built.diagnostics.get(&case.program.name).into_iter().flatten().filter(|it| it.is_error);
        let first = errors.map(|it| it.message.clone()).next().unwrap_or_default();
        return Ok(vec![case.finding(workbook, format!("does not compile: {first}"))]);
    };
    if let Some(why) = lot.modelled.missing.get(&case.program.name).filter(|_| !case.may_be_unmodelled()) {
        return Ok(vec![case.finding(workbook, format!("does not compile with the model: {why}"))]);
    }
    let model = lot.modelled.executables.get(&case.program.name);
    let executables: Vec<&Path> = [executable].into_iter().chain(model).map(PathBuf::as_path).collect();
    match &case.claim {
        Claim::CaughtBy { test, verdict } => caught(case, &executables, runner, workbook, test, *verdict),
        Claim::Passes => {
            let outcome = run_all(case, &executables, runner)?;
            let finding = match &outcome.unmodelled {
                Some(why) if !case.may_be_unmodelled() => {
                    Some(case.finding(workbook, format!("cannot be explored: {why}")))
                }
                _ => expect(case, &outcome, Verdict::Passed, workbook),
            };
            Ok(finding.into_iter().collect())
        }
        Claim::NotStarted => {
            let outcome = run_all(case, &executables, runner)?;
            let mut findings: Vec<Finding> = about_stub(case, &outcome, workbook).into_iter().collect();
            let tests: Vec<TestInfo> = outcome.tests.into_iter().map(|test| test.info).collect();
            findings.extend(about_tests(case, &tests, workbook, catalog));
            Ok(findings)
        }
    }
}

/// Every test of a stub runs into `todo!()`. One that is to be repaired has none, and must not pass.
fn about_stub(case: &Case<'_>, outcome: &ExerciseOutcome, workbook: &Workbook) -> Option<Finding> {
    if !catalog::unfinished(&case.program.text).todos.is_empty() {
        return expect(case, outcome, Verdict::NotStarted, workbook);
    }
    let passes = outcome.verdict == Some(Verdict::Passed);
    passes.then(|| case.finding(workbook, "is to be repaired, and passes as it is".to_owned()))
}

fn run_all(case: &Case<'_>, executables: &[&Path], runner: &Runner) -> Result<ExerciseOutcome> {
    let programs: Vec<_> = executables.iter().map(|executable| (&case.program, *executable)).collect();
    let ran = tests_of(&programs, runner, 1)?;
    let not_run = ran.iter().flat_map(|ran| ran.not_run.clone()).collect();
    let outcomes = ran.into_iter().flat_map(|ran| ran.outcomes).collect();
    Ok(verdict::from_tests(outcomes, not_run, Vec::new()))
}

fn expect(case: &Case<'_>, outcome: &ExerciseOutcome, wanted: Verdict, workbook: &Workbook) -> Option<Finding> {
    if outcome.verdict == Some(wanted) {
        return None;
    }
    let problem = outcome.tests.iter().find(|test| match wanted {
        Verdict::NotStarted => test.todo.is_none(),
        _ => test.verdict != Verdict::Passed,
    });
    let what = problem.map_or_else(String::new, |test| {
        let seen = test.seen.as_deref().unwrap_or("no word about it");
        format!(": `{}` is {} ({seen})", test.info.name, test.verdict.name())
    });
    Some(case.finding(workbook, format!("should be {}{what}", wanted.name())))
}

/// A wrong solution must fail on the test named for it, with the verdict named for it.
fn caught(
    case: &Case<'_>,
    executables: &[&Path],
    runner: &Runner,
    workbook: &Workbook,
    test: &str,
    verdict: Verdict,
) -> Result<Vec<Finding>> {
    let mut found = None;
    for executable in executables {
        let listing = runner.list(executable)?;
        found = found.or(listing.tests.into_iter().find(|info| info.name == test).map(|info| (*executable, info)));
    }
    let Some((executable, info)) = found else {
        return Ok(vec![case.finding(workbook, format!("there is no test `{test}` that could catch it"))]);
    };
    let impatient = Runner { deadline: runner.deadline.min(IMPATIENT), ..runner.clone() };
    let outcome = run_one(&case.program, executable, &info, &impatient)?;
    if outcome.verdict == verdict && outcome.todo.is_none() {
        return Ok(Vec::new());
    }
    let seen = outcome.seen.map(|seen| format!(" ({seen})")).unwrap_or_default();
    let message = format!("`{test}` should find it {}, and finds it {}{seen}", verdict.name(), outcome.verdict.name());
    Ok(vec![case.finding(workbook, message)])
}

/// The tests name what exists: misconceptions of the catalogue, sections of the chapter.
fn about_tests(case: &Case<'_>, tests: &[TestInfo], workbook: &Workbook, catalog: &Catalog) -> Vec<Finding> {
    let chapter = workbook.chapters.join(&case.exercise.lesson).with_extension("md");
    let chapter = fs::read_to_string(chapter).unwrap_or_default();
    let finding = |message| Finding {
        exercise: case.exercise.key(),
        file: workbook.shown(&case.program.tests).to_string(),
        message,
    };
    let mut findings = faces::coverage(case.exercise, case.faces, tests, workbook);
    for test in tests {
        for id in test.rejects.iter().filter(|id| !catalog.misconceptions.contains_key(*id)) {
            findings.push(finding(format!("`{}` rejects {id}, which is not in the catalogue", test.name)));
        }
        if !faces::has_section(&chapter, &test.read) {
            findings
                .push(finding(format!("`{}` says to read \"{}\", and there is no such section", test.name, test.read)));
        }
    }
    findings
}
