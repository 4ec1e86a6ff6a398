//! What the command line can ask for: thin, each a few calls to the modules below it.

pub mod author;
mod check;
mod hint;
mod list;
mod next;
mod overview;
mod replay;
mod reset;
mod show;
mod solution;
mod watch;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Error, Result};

use crate::catalog::{Catalog, Exercise, Found, Workbook, find};
use crate::cli::{Arguments, AuthorCommand, Command};
use crate::event::Event;
use crate::process::Runner;
use crate::progress::Progress;
use crate::report::{Links, Paint, Status, Subject, document, story};
use crate::session::{self, Graded, Options};

/// Graded; for `check`: and everything asked for passed.
pub const GRADED: u8 = 0;
/// `check` found something that did not pass.
pub const NOT_PASSED: u8 = 1;
/// The command line or the folder is wrong.
pub const WRONG_USE: u8 = 2;
/// The grader itself could not work.
pub const CANNOT_WORK: u8 = 3;

/// The command line or the folder is wrong; what was meant.
#[derive(Debug)]
pub struct WrongUse(pub String);

impl fmt::Display for WrongUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}

/// Everything a command works with.
pub struct Desk<'a> {
    /// The folders.
    pub workbook: Workbook,
    /// What exists.
    pub catalog: Catalog,
    /// Runs tests.
    pub runner: Runner,
    /// How to grade.
    pub options: Options,
    /// JSON instead of text.
    pub json: bool,
    /// Colours.
    pub paint: Paint,
    /// Paths are links; whether it is VS Code that will open them.
    pub links: Option<bool>,
    /// Where the report goes.
    pub out: &'a mut dyn Write,
    /// Where the progress line goes.
    pub status: Status<Box<dyn Write + 'a>>,
}

/// Runs the command.
///
/// # Errors
///
/// [`WrongUse`] for what the user can mend on the command line; anything else is the grader's trouble.
pub fn run(arguments: &Arguments, desk: &mut Desk<'_>) -> Result<u8> {
    if desk.json && arguments.command.as_ref().is_some_and(is_for_people) {
        let instead = "the report, check, list, next and replay print JSON";
        return Err(WrongUse(format!("this command has no JSON to print: {instead}")).into());
    }
    match &arguments.command {
        None => overview::run(desk),
        Some(Command::Watch { name }) => watch::run(desk, name.as_deref()),
        Some(Command::Next) => next::run(desk),
        Some(Command::List) => list::run(desk),
        Some(Command::Show { name }) => show::run(desk, name),
        Some(Command::Hint { name, all }) => hint::run(desk, name, *all),
        Some(Command::Solution { name, give_up }) => solution::run(desk, name, *give_up),
        Some(Command::Reset { name }) => reset::run(desk, name),
        Some(Command::Check { names, all }) => {
            desk.options.all = *all;
            check::run(desk, names)
        }
        Some(Command::Replay { name, svg }) => replay::run(desk, name, *svg),
        Some(Command::Author { command: AuthorCommand::New { name } }) => author::new(desk, name),
        Some(Command::Author { command: AuthorCommand::Check { names } }) => author::check(desk, names),
    }
}

/// Whether a command only prints what people read.
fn is_for_people(command: &Command) -> bool {
    match command {
        Command::Check { .. } | Command::List | Command::Next | Command::Replay { .. } => false,
        Command::Watch { .. } | Command::Show { .. } | Command::Hint { .. } | Command::Solution { .. } => true,
        Command::Reset { .. } | Command::Author { .. } => true,
    }
}

/// Says what went wrong and chooses the exit code.
pub fn explain(error: &Error, err: &mut dyn Write) -> ExitCode {
    let broken_pipe = error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
    if broken_pipe {
        // `cargo grader | head`: nobody is left to tell.
        return ExitCode::from(GRADED);
    }
    let code = if error.is::<WrongUse>() { WRONG_USE } else { CANNOT_WORK };
    let _ = writeln!(err, "error: {error:#}");
    ExitCode::from(code)
}

impl Desk<'_> {
    /// The exercises that names stand for, each once, in the order of the catalog; without names all.
    ///
    /// # Errors
    ///
    /// [`WrongUse`] for a name that stands for nothing.
    fn named(&self, names: &[String]) -> Result<Vec<Exercise>> {
        if names.is_empty() {
            return Ok(self.catalog.exercises().cloned().collect());
        }
        // Two files may answer the same exercise.
        let mut chosen: BTreeMap<(usize, PathBuf), Exercise> = BTreeMap::new();
        for name in names {
            for exercise in self.meant(name)? {
                let place = self.catalog.exercises().position(|known| known.key() == exercise.key());
                chosen.insert((place.unwrap_or(usize::MAX), exercise.file.clone()), exercise);
            }
        }
        Ok(chosen.into_values().collect())
    }

    /// The one exercise that a name stands for.
    ///
    /// # Errors
    ///
    /// [`WrongUse`] for a name that stands for nothing or for several.
    fn one(&self, name: &str) -> Result<Exercise> {
        match <[Exercise; 1]>::try_from(self.meant(name)?) {
            Ok([exercise]) => Ok(exercise),
            Err(several) => {
                let slugs: Vec<&str> = several.iter().map(|exercise| exercise.slug.as_str()).collect();
                Err(WrongUse(format!("{name} is more than one exercise: name one of {}", slugs.join(", "))).into())
            }
        }
    }

    fn meant(&self, name: &str) -> Result<Vec<Exercise>> {
        match find(name, &self.catalog, &self.workbook) {
            Found::Exercises(exercises) if exercises.is_empty() => {
                Err(WrongUse(format!("the lesson {name} has no exercises yet")).into())
            }
            Found::Exercises(exercises) => Ok(exercises),
            Found::Ambiguous(several) => {
                Err(WrongUse(format!("{name:?} could be {}: type a little more", several.join(" or "))).into())
            }
            Found::Nothing(nearest) => {
                let hint = if nearest.is_empty() {
                    let lessons: Vec<&str> = self.catalog.lessons.iter().map(|lesson| lesson.slug.as_str()).collect();
                    format!("the lessons are {}", lessons.join(", "))
                } else {
                    format!("did you mean {}?", nearest.join(" or "))
                };
                Err(WrongUse(format!("there is no exercise, lesson or file {name:?}: {hint}")).into())
            }
        }
    }

    /// Grades, with the progress line on.
    fn grade(&mut self, exercises: &[Exercise]) -> Result<Vec<Graded>> {
        let mut progress = Progress::load(&self.workbook);
        let warning = progress.warning.take();
        let status = &mut self.status;
        let announce = &mut |event: Event<'_>| status.show(&event);
        let graded = session::grade(&self.workbook, exercises, &self.runner, &self.options, &mut progress, announce);
        self.status.clear();
        let graded = graded?;
        if let Some(trouble) = warning.into_iter().chain(progress.save().err().map(|error| format!("{error:#}"))).next()
        {
            self.status.say(&format!("note: {trouble}"));
        }
        Ok(graded)
    }

    /// Prints lines.
    fn print(&mut self, lines: &[String]) -> io::Result<()> {
        lines.iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    /// Reads what is remembered, and says if something is wrong with it.
    fn progress(&mut self) -> Progress {
        let mut progress = Progress::load(&self.workbook);
        if let Some(warning) = progress.warning.take() {
            self.status.say(&format!("note: {warning}"));
        }
        progress
    }

    /// Prints the one JSON document.
    fn print_json(&mut self, graded: &[Graded]) -> io::Result<()> {
        writeln!(self.out, "{:#}", document(&self.catalog, &self.workbook, graded))
    }

    /// Tells the story of a graded exercise.
    fn tell(&mut self, graded: &Graded) -> io::Result<()> {
        let lines = self.told(graded);
        self.print(&lines)
    }

    /// The story of a graded exercise, line by line.
    fn told(&self, graded: &Graded) -> Vec<String> {
        let diagnosis = graded.diagnosis(&self.catalog);
        let subject = Subject {
            slug: &graded.exercise.slug,
            path: self.shown(&graded.exercise.file),
            missing: graded.missing,
            chapter: self.catalog.title(&graded.exercise.lesson),
            folder: self.workbook.progress.is_none().then(|| self.shown(&self.workbook.exercises)),
            diagnosis: &diagnosis,
        };
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = story(&mut text, &subject, &graded.outcome, self.paint);
        // The compiler names whole paths.
        let root = format!("{}{}", self.workbook.root.display(), std::path::MAIN_SEPARATOR);
        let text = String::from_utf8_lossy(&text).replace(&root, "");
        let links = self.links.map(|in_vs_code| Links::new(subject.path.clone(), &graded.exercise.file, in_vs_code));
        text.lines().map(|line| links.as_ref().map_or_else(|| line.to_owned(), |links| links.link(line))).collect()
    }

    fn shown(&self, path: &Path) -> String {
        self.workbook.shown(path).to_string()
    }
}
