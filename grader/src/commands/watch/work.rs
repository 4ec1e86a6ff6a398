//! Grading beside the loop, so that keys and saves are never kept waiting.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use anyhow::{Error, Result, anyhow};

use crate::bench;
use crate::catalog::{Exercise, Workbook};
use crate::event::Event;
use crate::process::Runner;
use crate::progress::Progress;
use crate::session::{self, Graded, Options};
use crate::stop::{Stop, Stopped};

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Task {
    /// Give verdicts.
    Grade(Vec<Exercise>),
    /// Give one, whatever is remembered.
    Again(Exercise),
    /// Build what the first verdict will need.
    Prepare(Exercise),
}

/// Whose needs are built while nobody waits for anything: those of the exercise at hand, and of one with a model.
pub fn to_prepare(exercises: &[Exercise], at: usize) -> VecDeque<Exercise> {
    let is_modelled = |exercise: &&Exercise| exercise.model().is_some();
    let (before, from) = exercises.split_at(at);
    let modelled = from.iter().chain(before).find(is_modelled);
    let modelled = modelled.filter(|_| !from.first().as_ref().is_some_and(is_modelled));
    from.first().into_iter().chain(modelled).cloned().collect()
}

/// News from the worker, each with the number of its task.
#[derive(Debug)]
pub enum News {
    /// Building.
    Building(bench::Progress),
    /// Tests run.
    Running,
    /// Schedules are explored.
    Exploring,
    /// One of several exercises has its verdict.
    Judged,
    /// Done.
    Done(Vec<Graded>),
    /// Asked to stop, and everything has ended.
    Stopped,
    /// The grader itself could not work.
    Trouble(String),
    /// What people should know about the progress file.
    Note(String),
}

/// A thread that grades.
#[derive(Debug)]
pub struct Worker {
    orders: Option<Sender<(u64, Task, Stop)>>,
    /// What it says.
    pub news: Receiver<(u64, News)>,
    thread: Option<JoinHandle<()>>,
    stop: Stop,
    count: u64,
}

impl Worker {
    /// Starts the thread.
    pub fn start(workbook: Workbook, runner: Runner, options: Options) -> Self {
        let (orders, ordered) = channel::<(u64, Task, Stop)>();
        let (said, news) = channel();
        let thread = thread::spawn(move || {
            for (number, task, stop) in ordered {
                let runner = Runner { stop, ..runner.clone() };
                let say = |news| drop(said.send((number, news)));
                let done = catch_unwind(AssertUnwindSafe(|| work(&workbook, &runner, &options, task, &say)));
                say(match done {
                    Ok(Ok(graded)) => News::Done(graded),
                    Ok(Err(error)) if error.is::<Stopped>() => News::Stopped,
                    Ok(Err(error)) => News::Trouble(format!("{error:#}")),
                    Err(_) => News::Trouble("the grader broke down over this; please report it".to_owned()),
                });
            }
        });
        Self { orders: Some(orders), news, thread: Some(thread), stop: Stop::default(), count: 0 }
    }

    /// Stops what is being done and does this instead. Returns the task's number.
    pub fn order(&mut self, task: Task) -> u64 {
        self.stop();
        self.count += 1;
        self.stop = Stop::default();
        if let Some(orders) = &self.orders {
            let _ = orders.send((self.count, task, self.stop.clone()));
        }
        self.count
    }

    /// Stops what is being done.
    pub fn stop(&self) {
        self.stop.ask();
    }
}

impl Drop for Worker {
    /// Returns when everything that was started has ended.
    fn drop(&mut self) {
        self.stop();
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(
    workbook: &Workbook,
    runner: &Runner,
    options: &Options,
    task: Task,
    say: &dyn Fn(News),
) -> Result<Vec<Graded>, Error> {
    runner.stop.check()?;
    let (exercises, again) = match task {
        Task::Grade(exercises) => (exercises, false),
        Task::Again(exercise) => (vec![exercise], true),
        Task::Prepare(exercise) => {
            session::prepare(workbook, &exercise, &runner.stop, &mut |step| say(News::Building(step)))?;
            return Ok(Vec::new());
        }
    };
    let mut progress = Progress::load(workbook);
    if let Some(warning) = progress.warning.take() {
        say(News::Note(warning));
    }
    let announce = &mut |event: Event<'_>| match event {
        Event::Building { step, .. } => say(News::Building(step.clone())),
        Event::Running { .. } => say(News::Running),
        Event::Exploring => say(News::Exploring),
        Event::Judged { .. } => say(News::Judged),
    };
    let graded =
        session::grade(workbook, &exercises, runner, &Options { again, ..options.clone() }, &mut progress, announce)?;
    if let Err(error) = progress.save() {
        say(News::Note(format!("{:#}", anyhow!(error))));
    }
    Ok(graded)
}
