//! One execution, from its first step to its end.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::panics;
use crate::schedule::{Plan, Schedule};
use crate::tell::Teller;
use crate::trace::{Panic, Story};
use crate::world::{Settings, Stop, World};

/// What is known of an execution when it is over.
pub(crate) struct Execution<R> {
    pub(crate) stop: Stop,
    /// How many options each decision had.
    pub(crate) options: Vec<u8>,
    /// The schedule asked for nothing that did not exist.
    pub(crate) followed: bool,
    pub(crate) fingerprint: u64,
    pub(crate) end_was_looked_at: bool,
    pub(crate) body_returned: bool,
    pub(crate) result: Option<R>,
    pub(crate) story: Option<Story>,
}

/// Executions so far in this process; 0 is the time outside of them.
static EPOCH: AtomicU64 = AtomicU64::new(0);

/// Runs `body` once under `schedule`.
pub(crate) fn execute<R: 'static>(
    settings: &Settings,
    schedule: Schedule,
    tell: bool,
    body: &Arc<dyn Fn() -> R + Send + Sync>,
) -> Execution<R> {
    let epoch = EPOCH.fetch_add(1, Ordering::Relaxed) + 1;
    let settings = Settings { ends_are_seen: schedule.ends_are_steps, ..settings.clone() };
    let world = World::new(epoch, settings, Plan::new(schedule), tell.then(Teller::default));
    let result = Rc::new(RefCell::new(None));
    let (slot, body) = (result.clone(), body.clone());
    let main = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| body()));
        *slot.borrow_mut() = outcome.map_err(|payload| panics::note(payload.as_ref())).ok();
        crate::threads::drop_own_locals();
    };
    world.add_thread(None, None, Box::new(main));
    let (stop, story) = world.inhabit(|| {
        let stop = drive(&world, || result.borrow().is_some());
        let story = world.story(&stop);
        let fibers: Vec<_> = world.threads.borrow_mut().iter_mut().filter_map(|thread| thread.fiber.take()).collect();
        fibers.into_iter().for_each(crate::fiber::Fiber::recycle);
        (stop, story)
    });
    let plan = world.plan.take();
    let body_returned = world.threads.borrow()[0].finished;
    Execution {
        followed: plan.is_followed(),
        options: plan.options,
        fingerprint: world.fingerprint.get(),
        end_was_looked_at: world.end_was_looked_at.get(),
        body_returned,
        result: result.take(),
        stop,
        story,
    }
}

/// Lets threads run until there is nothing left to do.
fn drive(world: &World, body_succeeded: impl Fn() -> bool) -> Stop {
    loop {
        let current = world.current.get();
        let fiber = world.threads.borrow_mut()[current].fiber.take();
        let mut fiber = fiber.expect("a thread that can go has a fiber");
        let ended = fiber.resume();
        if ended {
            fiber.recycle();
            world.thread(current, |thread| (thread.finished, thread.exit) = (true, None));
        } else {
            world.thread(current, |thread| thread.fiber = Some(fiber));
        }
        if let Some(stop) = world.stop.take() {
            return stop;
        }
        if !ended {
            continue;
        }
        if current == 0 && !body_succeeded() {
            let unknown = || Panic { message: "a panic".to_owned(), place: None };
            return Stop::Panicked(world.thread(0, |thread| thread.panic.clone()).unwrap_or_else(unknown));
        }
        let abandon_others = current == 0 && !world.settings.await_leftovers;
        if abandon_others || world.threads.borrow().iter().all(|thread| thread.finished || thread.stopped) {
            return Stop::Finished;
        }
        if world.decide().is_none() {
            return Stop::Stuck;
        }
    }
}
