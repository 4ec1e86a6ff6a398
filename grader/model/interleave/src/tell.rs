//! Writing down the steps of an execution that is replayed for its story.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::op::Op;
use crate::stack;
use crate::trace::{Ending, Holder, Party, Place, Stale, Step, Story, Wait};
use crate::world::{Stop, Thread, World};

/// Steps at which the stack is walked. A live-lock has thousands, and all of them are alike.
const WALKS: usize = 500;

/// What is known so far.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    steps: Vec<Step>,
    /// Who holds which object since where.
    holders: HashMap<usize, Vec<(usize, Option<Place>)>>,
    /// The place each thread stands at, or stood at last.
    announced: HashMap<usize, Option<Place>>,
    /// The place of each thread's latest step.
    places: HashMap<usize, Option<Place>>,
}

impl World {
    /// The current thread stands before this operation.
    pub(crate) fn write_down_announced(&self, op: &Op) {
        let Some(teller) = &self.teller else { return };
        let mut teller = teller.borrow_mut();
        let place = stack::place_of(op, teller.steps.len() < WALKS);
        teller.announced.insert(self.current.get(), place);
    }

    /// The current thread has taken the step it announced.
    pub(crate) fn write_down(&self, op: Op) {
        let deviates = self.deviated.replace(false);
        let Some(teller) = &self.teller else { return };
        let party = self.current.get();
        let mut teller = teller.borrow_mut();
        let place = teller.announced.get(&party).cloned().flatten();
        teller.places.insert(party, place.clone());
        if let Some(trail) = &mut self.memory.borrow_mut().trail {
            trail.is_at(party, place.clone());
        }
        let operation = op.args.map_or_else(|| op.name.to_owned(), |args| format!("{}({args})", op.name));
        let party = u32::try_from(party).unwrap_or(u32::MAX);
        teller.steps.push(Step { party, place, operation, value: None, stale: None, deviates });
    }

    /// The current thread is stopped for good before this step.
    pub(crate) fn write_down_stop(&self, op: &Op) {
        self.write_down(op.again());
        self.note_result(|| "stopped before this, for good".to_owned());
    }

    pub(crate) fn note_result(&self, text: impl FnOnce() -> String) {
        let Some(teller) = &self.teller else { return };
        let text = text();
        let deviates = self.deviated.replace(false);
        if let Some(step) = teller.borrow_mut().steps.last_mut() {
            step.value = Some(text);
            step.deviates |= deviates;
        }
    }

    /// The step the thread has just taken is a load that missed a store.
    pub(crate) fn note_stale(&self, stale: Stale) {
        let Some(teller) = &self.teller else { return };
        if let Some(step) = teller.borrow_mut().steps.last_mut() {
            step.stale = Some(Box::new(stale));
        }
    }

    pub(crate) fn note_holder(&self, object: usize, holds: bool) {
        let Some(teller) = &self.teller else { return };
        let me = self.current.get();
        let mut teller = teller.borrow_mut();
        let place = teller.places.get(&me).cloned().flatten();
        let holders = teller.holders.entry(object).or_default();
        if holds {
            holders.push((me, place));
        } else if let Some(index) = holders.iter().rposition(|(party, _)| *party == me) {
            holders.remove(index);
        }
    }

    /// The story of this execution; it must have been told from the beginning.
    pub(crate) fn story(&self, stop: &Stop) -> Option<Story> {
        let teller = self.teller.as_ref()?.borrow();
        let threads = self.threads.borrow();
        let parties = threads.iter().enumerate().map(|(index, thread)| party(index, thread)).collect();
        let waits = || -> Vec<Wait> {
            let waiting =
                threads.iter().enumerate().filter_map(|(index, thread)| Some((index, thread.waiting.as_ref()?)));
            waiting
                .filter(|(_, waiting)| !self.judge(|| waiting.ready.holds()))
                .map(|(index, waiting)| teller.wait(index, &waiting.op))
                .collect()
        };
        let body_returned = threads.first().is_some_and(|body| body.finished);
        let ending = match stop {
            Stop::Finished => Ending::Finished,
            Stop::Panicked(panic) => Ending::Panicked { panic: panic.clone() },
            Stop::Stuck if body_returned => Ending::Leaked { waits: waits() },
            Stop::Stuck => Ending::Deadlocked { waits: waits() },
            Stop::OutOfSteps => Ending::Livelocked { repeats_from: None, waits: waits() },
        };
        let mut story = Story { parties, steps: teller.steps.clone(), ending };
        agree_on_files(&mut story);
        forget_idle_callers(&mut story);
        crate::period::shorten(&mut story);
        Some(story)
    }
}

impl Teller {
    fn wait(&self, index: usize, op: &Op) -> Wait {
        let holders = self.holders.get(&op.object).into_iter().flatten();
        let held_by = holders.map(|(party, since)| Holder { party: index_of(*party), since: since.clone() }).collect();
        let place = self.announced.get(&index).cloned().flatten().or_else(|| op.place.map(Place::from));
        Wait { party: index_of(index), place, operation: op.name.to_owned(), held_by }
    }
}

/// Who called the function that a step lies in is worth telling where a thread comes to the same line by several ways:
/// in a helper that locks what it is told to.
fn forget_idle_callers(story: &mut Story) {
    let mut ways: HashMap<(u32, String, u32), BTreeSet<u32>> = HashMap::new();
    let steps = story.steps.iter().map(|step| (step.party, &step.place));
    let waits = story.ending.waits().iter().map(|wait| (wait.party, &wait.place));
    for (party, place) in steps.chain(waits) {
        let Some(place) = place else { continue };
        ways.entry((party, place.file.clone(), place.line)).or_default().extend(place.called_from);
    }
    let told: BTreeSet<(String, u32)> =
        ways.into_iter().filter(|(_, ways)| ways.len() > 1).map(|((_, file, line), _)| (file, line)).collect();
    for place in story.places_mut() {
        if !told.contains(&(place.file.clone(), place.line)) {
            place.called_from = None;
        }
    }
}

/// A caller's place has its file's path as the compiler was given it, a frame's has it made absolute. Where both
/// occur, the compiler's stands.
fn agree_on_files(story: &mut Story) {
    let files = story.steps.iter().filter_map(|step| step.place.as_ref()).map(|place| place.file.clone());
    let given: BTreeSet<String> = files.filter(|file| Path::new(file).is_relative()).collect();
    for place in story.steps.iter_mut().filter_map(|step| step.place.as_mut()) {
        if Path::new(&place.file).is_absolute()
            && let Some(file) = given.iter().find(|file| Path::new(&place.file).ends_with(file))
        {
            place.file.clone_from(file);
        }
    }
}

fn index_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn party(index: usize, thread: &Thread) -> Party {
    let default = || if index == 0 { "main".to_owned() } else { format!("thread {index}") };
    Party {
        name: thread.name.clone().unwrap_or_else(default),
        spawned_at: thread.spawned_at.map(Place::from),
        panicked: thread.panic.clone().filter(|_| thread.finished),
    }
}
