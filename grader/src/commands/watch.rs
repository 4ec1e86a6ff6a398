//! `watch`: the loop in which learners work. Save a file, and its verdict appears.
//!
//! The loop draws, listens to keys, looks at the files and hears what the worker says, in turn, many times a second.
//! Nothing it does takes long: grading goes on beside it, and can be stopped at any time.

mod busy;
mod content;
mod editor;
mod files;
mod keys;
mod news;
mod signals;
mod view;
mod work;

use std::collections::VecDeque;
use std::env;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{Desk, GRADED, WrongUse, next};
use crate::catalog::Exercise;
use crate::progress::{Progress, Standing, Step};
use crate::report::{self, Prediction};
use crate::session::Graded;
use crate::terminal::Terminal;
use crate::verdict::{TestOutcome, Verdict};

use busy::Busy;
use files::{Files, Save};
use view::View;
use work::{Task, Worker};

/// How long the loop waits for a key before it looks at everything else.
const TURN: Duration = Duration::from_millis(8);

/// How often the time that has gone by is shown anew.
const TICK: Duration = Duration::from_millis(100);

/// Works at the exercise that was named, or where the learner stopped.
pub fn run(desk: &mut Desk<'_>, name: Option<&str>) -> Result<u8> {
    let named = name.map(|name| desk.one(name)).transpose()?;
    begin(desk, named, View::Verdict)
}

/// Begins with the list.
pub fn from_list(desk: &mut Desk<'_>) -> Result<u8> {
    begin(desk, None, View::List { cursor: 0 })
}

fn begin(desk: &mut Desk<'_>, named: Option<Exercise>, view: View) -> Result<u8> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || desk.json {
        let instead = "`cargo grader check` gives the same verdicts without one";
        return Err(WrongUse(format!("the loop needs a terminal to draw on: {instead}")).into());
    }
    let exercises: Vec<Exercise> = desk.catalog.exercises().cloned().collect();
    let progress = desk.progress();
    let first = named.or_else(|| next::next_open(desk, &progress).cloned());
    let at = first.and_then(|first| exercises.iter().position(|exercise| exercise.key() == first.key())).unwrap_or(0);
    if exercises.is_empty() {
        return Err(WrongUse("this workbook has no exercises yet".to_owned()).into());
    }
    let worker = Worker::start(desk.workbook.clone(), desk.runner.clone(), desk.options.clone());
    let files = Files::new(exercises.iter().map(|exercise| exercise.file.clone()));
    let quit = signals::quit()?;
    let mut watch = Loop {
        to_prepare: work::to_prepare(&exercises, at),
        standings: exercises.iter().map(|exercise| progress.standing(exercise)).collect(),
        progress,
        exercises,
        at,
        view,
        scroll: 0,
        graded: None,
        told: Vec::new(),
        busy: None,
        note: String::new(),
        note_stays: false,
        moment: Vec::new(),
        question: None,
        prediction: None,
        welcome: false,
        desk,
        worker,
        files,
    };
    watch.welcome = watch.progress.welcome();
    if let View::List { cursor } = &mut watch.view {
        *cursor = at;
    }
    watch.work_on(at, Instant::now());
    let mut terminal = Terminal::borrow()?;
    let done = watch.go_round(&mut terminal, &quit);
    drop(terminal);
    let goodbye = watch.goodbye();
    // Whatever still runs is ended before the learner has the prompt again.
    let Loop { desk, worker, .. } = watch;
    drop(worker);
    done?;
    writeln!(desk.out, "{goodbye}")?;
    Ok(GRADED)
}

/// The loop and all it knows.
struct Loop<'l, 'd> {
    desk: &'l mut Desk<'d>,
    exercises: Vec<Exercise>,
    standings: Vec<Standing>,
    progress: Progress,
    /// The exercise that is worked on.
    at: usize,
    view: View,
    scroll: usize,
    /// The last verdict on it.
    graded: Option<Graded>,
    /// Its story. Putting it together reads a file, and a screen is drawn many times.
    told: Vec<String>,
    busy: Option<Busy>,
    /// Whose needs are still to be built while nobody waits for anything.
    to_prepare: VecDeque<Exercise>,
    /// Said once, until something else happens.
    note: String,
    /// A save to come is no such thing.
    note_stays: bool,
    /// Stands above the verdict.
    moment: Vec<String>,
    /// A test to ask about.
    question: Option<TestOutcome>,
    /// What the learner expects of it.
    prediction: Option<(TestOutcome, Prediction)>,
    welcome: bool,
    worker: Worker,
    files: Files,
}

/// What becomes of the loop after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    Quit,
}

impl Loop<'_, '_> {
    fn go_round(&mut self, terminal: &mut Terminal, quit: &dyn Fn() -> bool) -> Result<()> {
        // Drawing is by far the dearest part of a turn, and mostly there is nothing new.
        let (mut is_new, mut drawn) = (true, Instant::now());
        loop {
            if is_new || (self.busy.is_some() && drawn.elapsed() > TICK) {
                let (width, height) = terminal.size();
                terminal.show(self.screen(width, height))?;
                (is_new, drawn) = (false, Instant::now());
            }
            if quit() {
                return Ok(());
            }
            if let Some(key) = terminal.key(TURN)? {
                if self.pressed(key, terminal)? == Next::Quit {
                    return Ok(());
                }
                is_new = true;
            }
            while let Ok((number, news)) = self.worker.news.try_recv() {
                self.heard(number, news)?;
                is_new = true;
            }
            let now = Instant::now();
            for (at, save) in self.files.look(self.at, now) {
                self.saved(at, save, now)?;
                is_new = true;
            }
        }
    }

    /// Goes to an exercise and finds out how it stands.
    fn work_on(&mut self, at: usize, now: Instant) {
        if at != self.at {
            (self.graded, self.question, self.prediction) = (None, None, None);
            self.moment.clear();
            self.welcome = false;
        }
        (self.at, self.scroll) = (at, 0);
        self.progress.work_on(&self.exercises[at]);
        self.order(Task::Grade(vec![self.exercises[at].clone()]), now);
    }

    fn order(&mut self, task: Task, since: Instant) {
        let busy = |number| match &task {
            Task::Grade(exercises) if exercises.len() > 1 => Busy::several(number, since, exercises.len()),
            Task::Grade(_) | Task::Again(_) => Busy::one(number, since),
            Task::Prepare(_) => Busy::preparing(number, since),
        };
        self.busy = Some(busy(self.worker.order(task.clone())));
    }

    /// A file was saved.
    fn saved(&mut self, at: usize, save: Save, now: Instant) -> Result<()> {
        match save {
            Save::Unchanged if at != self.at => {}
            Save::Unchanged if self.busy.as_ref().is_some_and(|busy| !busy.prepares) => {}
            Save::Unchanged => "saved without a change: the verdict stays".clone_into(&mut self.note),
            Save::Changed => {
                if !std::mem::take(&mut self.note_stays) {
                    self.note.clear();
                }
                if at != self.at {
                    self.note = format!("you saved {}: here it is", self.exercises[at].slug);
                }
                if let Some(test) = self.question.take() {
                    self.progress.step(&self.exercises[self.at], Step::Asked(test.info.name));
                }
                self.moment.clear();
                self.welcome = false;
                self.view = View::Verdict;
                // What the learner answered is remembered before the worker adds the run.
                self.save_progress();
                self.work_on(at, now);
            }
        }
        Ok(())
    }

    fn save_progress(&mut self) {
        if let Err(error) = self.progress.save() {
            self.note = format!("{error:#}");
        }
    }

    fn goodbye(&mut self) -> String {
        self.save_progress();
        let kept = self.graded.as_ref().filter(|one| !one.outcome.tests.is_empty()).map(|one| {
            let kept = one.outcome.tests.iter().filter(|test| test.verdict == Verdict::Passed).count();
            (kept, one.outcome.tests.len() + one.outcome.not_run.len())
        });
        report::goodbye(&self.exercises[self.at].slug, kept, self.desk.paint)
    }
}

/// A variable of the environment, if it is text.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}
