//! Grading: what has to be read, built, run and judged for a set of exercises, in that order.

mod model;
pub mod parallel;
mod repeat;
mod run;

use std::fs;

use anyhow::{Context, Result};

use crate::bench::{self, Bench, Built, Program};
use crate::catalog::{self, Catalog, Exercise, Source, Workbook, fingerprint};
use crate::event::Event;
use crate::process::Runner;
use crate::progress::{self, Conditions, Key, Progress};
use crate::stop::Stop;
use crate::verdict::diagnosis::{self, Pattern};
use crate::verdict::{self, ExerciseOutcome, Idea};

use run::Ran;
pub use run::{run_one, tests_of};

/// How to grade.
#[derive(Debug, Clone)]
pub struct Options {
    /// Tests run side by side.
    pub jobs: usize,
    /// Build and run untouched stubs, too.
    pub all: bool,
    /// Run again what is remembered.
    pub again: bool,
}

/// An exercise with its verdict.
#[derive(Debug, Clone)]
pub struct Graded {
    /// The exercise.
    pub exercise: Exercise,
    /// Its verdict.
    pub outcome: ExerciseOutcome,
    /// There is no such file.
    pub missing: bool,
}

impl Graded {
    /// The ideas that may be behind the failure. Without a table what the test rejects has to do; `author check` says what
    /// is wrong with one.
    pub fn diagnosis(&self, catalog: &Catalog) -> Vec<Idea> {
        let table = self.exercise.diagnosis().unwrap_or_default();
        let pattern = Pattern::of(&self.outcome);
        pattern.map(|pattern| diagnosis::diagnose(&table, &pattern, &catalog.misconceptions)).unwrap_or_default()
    }
}

/// How often a file that changes under the compiler is judged anew.
const CHANGES: usize = 3;

/// Grades exercises, in order.
///
/// # Errors
///
/// If the grader itself cannot work: cargo is missing, the disk is full; [`Stopped`](crate::stop::Stopped).
pub fn grade(
    workbook: &Workbook,
    exercises: &[Exercise],
    runner: &Runner,
    options: &Options,
    progress: &mut Progress,
    announce: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<Graded>> {
    let conditions = Conditions::of(workbook, runner)?;
    let mut graded: Vec<Option<Graded>> = Vec::new();
    let mut open: Vec<(usize, Program)> = Vec::new();
    for (at, exercise) in exercises.iter().enumerate() {
        let text = match at_once(exercise, options)? {
            Ok(text) => text,
            Err(done) => {
                announce(Event::Judged { exercise, outcome: &done.outcome, remembered: false });
                graded.push(Some(done));
                continue;
            }
        };
        let key = Key::of(workbook, exercise, &text, &conditions)?;
        if let Some(outcome) = progress.remembered(exercise, &key).filter(|_| !options.again) {
            announce(Event::Judged { exercise, outcome: &outcome, remembered: true });
            graded.push(Some(Graded { exercise: exercise.clone(), outcome, missing: false }));
            continue;
        }
        graded.push(None);
        let mut program = Program::answering(workbook, exercise, exercise.file.clone(), text);
        let namesakes = open.iter().filter(|(_, other): &&(usize, Program)| other.module == program.module).count();
        if namesakes > 0 {
            program.name = format!("{}_{}", program.name, namesakes + 1);
        }
        open.push((at, program));
    }
    if !open.is_empty() {
        let (places, programs): (Vec<usize>, Vec<Program>) = open.into_iter().unzip();
        let judged = judge(workbook, programs, runner, options, &mut |step| match step {
            Step::Building(step) => announce(Event::Building { exercises: places.len(), step }),
            Step::Running => announce(Event::Running { exercises: places.len() }),
            Step::Exploring => announce(Event::Exploring),
        })?;
        for (at, Judged { program, outcome }) in places.into_iter().zip(judged) {
            let exercise = &exercises[at];
            progress.remember(exercise, &Key::of(workbook, exercise, &program.text, &conditions)?, &outcome);
            progress.step(exercise, progress::Step::Ran(fingerprint(&program.text), Box::new(outcome.clone())));
            announce(Event::Judged { exercise, outcome: &outcome, remembered: false });
            graded[at] = Some(Graded { exercise: exercise.clone(), outcome, missing: false });
        }
    }
    Ok(graded.into_iter().flatten().collect())
}

/// Builds what the first verdict on an exercise will need: everything but its own code, which may change any time.
///
/// # Errors
///
/// As [`judge`]. That the file does not compile is no error.
pub fn prepare(
    workbook: &Workbook,
    exercise: &Exercise,
    stop: &Stop,
    announce: &mut dyn FnMut(bench::Progress),
) -> Result<()> {
    let text = fs::read_to_string(exercise.stub()).unwrap_or_default();
    let programs = [Program::answering(workbook, exercise, exercise.stub(), text)];
    let bench = Bench::open(workbook, "prepared", stop, announce)?;
    bench.build(&programs, stop, announce)?;
    bench.build_models(&programs, stop, announce)?;
    Ok(())
}

/// News from [`judge`].
pub enum Step<'a> {
    /// Building.
    Building(&'a bench::Progress),
    /// Tests begin to run.
    Running,
    /// Schedules begin to be explored.
    Exploring,
}

/// A program with its verdict.
#[derive(Debug)]
pub struct Judged {
    /// The program; its text is the one that was judged.
    pub program: Program,
    /// The verdict.
    pub outcome: ExerciseOutcome,
}

/// Builds and runs programs, whatever they are for, and judges them in the same order. A file that changes
/// under the compiler is judged anew.
///
/// # Errors
///
/// If the grader itself cannot work; [`Stopped`](crate::stop::Stopped).
pub fn judge(
    workbook: &Workbook,
    programs: Vec<Program>,
    runner: &Runner,
    options: &Options,
    announce: &mut dyn FnMut(Step<'_>),
) -> Result<Vec<Judged>> {
    let stop = &runner.stop;
    let building = &mut |step: bench::Progress| announce(Step::Building(&step));
    let bench = Bench::open(workbook, &Bench::name_for(workbook), stop, building)?;
    let mut done: Vec<Option<Judged>> = programs.iter().map(|_| None).collect();
    let mut pending: Vec<(usize, Program)> = programs.into_iter().enumerate().collect();
    for attempt in 1..=CHANGES {
        let (places, round): (Vec<usize>, Vec<Program>) = std::mem::take(&mut pending).into_iter().unzip();
        let built = bench.build(&round, stop, &mut |step| announce(Step::Building(&step)))?;
        announce(Step::Running);
        let ran =
            model::beside(&bench, &round, runner, options, announce, || run_all(&round, &built, runner, options))?;
        let outcomes = round.iter().zip(ran).map(|(program, ran)| outcome(program, &built, ran)).collect::<Vec<_>>();
        for ((at, mut program), outcome) in places.into_iter().zip(round).zip(outcomes) {
            match catalog::read(&program.source) {
                Source::Text(text) if text != program.text && attempt < CHANGES => {
                    program.text = text;
                    pending.push((at, program));
                }
                _ => done[at] = Some(Judged { program, outcome }),
            }
        }
        if pending.is_empty() {
            break;
        }
    }
    Ok(done.into_iter().flatten().collect())
}

/// The text to be built, or the verdict that needs no building.
fn at_once(exercise: &Exercise, options: &Options) -> Result<Result<String, Graded>> {
    let done = |outcome, missing| Graded { exercise: exercise.clone(), outcome, missing };
    let text = match catalog::read(&exercise.file) {
        Source::Text(text) => text,
        Source::Missing => return Ok(Err(done(verdict::not_started(), true))),
        Source::Unreadable(why) => return Ok(Err(done(verdict::unreadable(why), false))),
        Source::NotText { line } => {
            let message = "the file is not UTF-8 text: save it as UTF-8 in the editor".to_owned();
            let diagnostic = bench::Diagnostic { line: Some(line), message, rendered: String::new(), is_error: true };
            return Ok(Err(done(verdict::does_not_compile(vec![diagnostic]), false)));
        }
    };
    let stub = exercise.stub();
    let stub = fs::read_to_string(&stub).with_context(|| format!("cannot read the stub {}", stub.display()))?;
    if !options.all && catalog::is_untouched(&text, &stub) {
        return Ok(Err(done(verdict::not_started(), false)));
    }
    Ok(Ok(text))
}

/// Runs everything that was built.
fn run_all(programs: &[Program], built: &Built, runner: &Runner, options: &Options) -> Result<Vec<Option<Ran>>> {
    let executables: Vec<_> =
        programs.iter().map(|p| built.executables.get(&p.name).map(|e| (p, e.as_path()))).collect();
    let runnable: Vec<_> = executables.iter().flatten().copied().collect();
    let mut tests = tests_of(&runnable, runner, options.jobs)?.into_iter();
    Ok(executables.iter().map(|executable| executable.and_then(|_| tests.next())).collect())
}

/// The verdict on one program; without a run it did not compile.
fn outcome(program: &Program, built: &Built, ran: Option<Ran>) -> ExerciseOutcome {
    let diagnostics = built.diagnostics.get(&program.name).cloned().unwrap_or_default();
    let unfinished = catalog::unfinished(&program.text);
    match ran {
        _ if !unfinished.outside_modules.is_empty() => verdict::single_file(&unfinished.outside_modules),
        None => verdict::does_not_compile(diagnostics),
        Some(ran) => {
            let outcome = verdict::from_tests(ran.outcomes, ran.not_run, diagnostics);
            verdict::leftover(verdict::without_model(outcome, ran.unmodelled), &unfinished.todos)
        }
    }
}
