//! The state of one execution, reachable from the code that runs in it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::panic::Location;
use std::rc::Rc;
use std::time::Duration;

use crate::fiber::{Exit, Fiber};
use crate::memory::Memory;
use crate::op::Op;
use crate::schedule::Plan;
use crate::tell::Teller;
use crate::trace::Panic;

thread_local! {
    static WORLD: RefCell<Option<Rc<World>>> = const { RefCell::new(None) };
}

/// What an execution is made with.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) max_steps: u32,
    pub(crate) stack_size: usize,
    /// Timeouts may fire although somebody could still run.
    pub(crate) early_timeouts: bool,
    /// Condition variables and `park` may return for no reason.
    pub(crate) spurious: bool,
    /// Threads still there when the body returns are let run on.
    pub(crate) await_leftovers: bool,
    /// Loads may find old values, where their orders allow it.
    pub(crate) weak_memory: bool,
    /// Somebody looks whether a thread has ended, so that the end of a thread is a step of its own.
    pub(crate) ends_are_seen: bool,
}

/// How an execution came to an end.
#[derive(Debug)]
pub(crate) enum Stop {
    Finished,
    Panicked(Panic),
    Stuck,
    OutOfSteps,
}

/// One execution.
pub(crate) struct World {
    pub(crate) epoch: u64,
    pub(crate) settings: Settings,
    pub(crate) threads: RefCell<Vec<Thread>>,
    pub(crate) current: Cell<usize>,
    pub(crate) now: Cell<Duration>,
    pub(crate) plan: RefCell<Plan>,
    pub(crate) steps: Cell<u32>,
    /// Two executions with the same fingerprint made the same steps.
    pub(crate) fingerprint: Cell<u64>,
    pub(crate) stop: RefCell<Option<Stop>>,
    pub(crate) teller: Option<RefCell<Teller>>,
    pub(crate) memory: RefCell<Memory>,
    /// Conditions of threads that wait are being looked at: nobody takes a step.
    pub(crate) judging: Cell<bool>,
    /// The current thread asks to be put behind the others.
    pub(crate) yielding: Cell<bool>,
    /// How often the current thread has passed each place since it was given its turn.
    pub(crate) visits: RefCell<Vec<((usize, usize), u32)>>,
    /// The decision just made departed from the default.
    pub(crate) deviated: Cell<bool>,
    /// Somebody asked whether a thread has ended.
    pub(crate) end_was_looked_at: Cell<bool>,
    /// Waits that ended and exchanges that failed for no reason so far.
    pub(crate) surprises: Cell<u32>,
    /// The order of the threads at a decision; kept for its allocation.
    pub(crate) order: RefCell<Vec<(usize, Wake)>>,
}

/// Why a thread goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// What it waited for is there.
    Ready,
    /// Its time was up first.
    TimedOut,
    /// For no reason, as condition variables and `park` may.
    Spurious,
}

/// A model thread.
#[derive(Default)]
pub(crate) struct Thread {
    pub(crate) name: Option<String>,
    pub(crate) spawned_at: Option<&'static Location<'static>>,
    pub(crate) fiber: Option<Fiber>,
    pub(crate) exit: Option<Exit>,
    /// Its first operation needs no decision: nobody could see the difference.
    pub(crate) begun: bool,
    pub(crate) finished: bool,
    /// It may be stopped for good before its next operation.
    pub(crate) may_stop: bool,
    /// It was stopped for good.
    pub(crate) stopped: bool,
    pub(crate) waiting: Option<Waiting>,
    pub(crate) wake: Option<Wake>,
    pub(crate) park_token: bool,
    /// It has begun to panic and was not yet seen to have stopped.
    pub(crate) unwinding: bool,
    pub(crate) panic: Option<Panic>,
    pub(crate) locals: HashMap<usize, Option<Rc<dyn std::any::Any>>>,
    pub(crate) locals_in_order: Vec<usize>,
}

/// A thread that has announced an operation and stands before it.
pub(crate) struct Waiting {
    pub(crate) op: Op,
    pub(crate) ready: Condition,
    pub(crate) spurious: Option<Condition>,
    pub(crate) deadline: Option<Duration>,
}

/// A borrowed condition, looked at while the thread that waits for it stands still.
#[derive(Clone, Copy)]
pub(crate) struct Condition(*const (dyn Fn() -> bool + 'static));

impl Condition {
    /// # Safety
    ///
    /// `holds` must be alive whenever the condition is looked at.
    #[expect(unsafe_code, reason = "the lifetime of a stack frame that stands still cannot be named")]
    pub(crate) unsafe fn new(holds: &dyn Fn() -> bool) -> Self {
        // SAFETY: only the lifetime changes; the caller promises to keep to it.
        Self(unsafe { std::mem::transmute::<&dyn Fn() -> bool, &'static (dyn Fn() -> bool + 'static)>(holds) })
    }

    #[expect(unsafe_code, reason = "see `new`")]
    pub(crate) fn holds(self) -> bool {
        // SAFETY: by the contract of `new`.
        unsafe { (*self.0)() }
    }
}

impl World {
    pub(crate) fn new(epoch: u64, settings: Settings, plan: Plan, teller: Option<Teller>) -> Rc<Self> {
        Rc::new(Self {
            epoch,
            settings,
            threads: RefCell::default(),
            current: Cell::new(0),
            now: Cell::new(Duration::ZERO),
            plan: RefCell::new(plan),
            steps: Cell::new(0),
            fingerprint: Cell::new(0),
            stop: RefCell::new(None),
            memory: RefCell::new(Memory::new(teller.is_some())),
            teller: teller.map(RefCell::new),
            judging: Cell::new(false),
            yielding: Cell::new(false),
            visits: RefCell::default(),
            deviated: Cell::new(false),
            end_was_looked_at: Cell::new(false),
            surprises: Cell::new(0),
            order: RefCell::default(),
        })
    }

    /// Runs `body` with `self` as the world of this operating-system thread.
    pub(crate) fn inhabit<R>(self: &Rc<Self>, body: impl FnOnce() -> R) -> R {
        WORLD.set(Some(self.clone()));
        let result = body();
        WORLD.set(None);
        result
    }

    /// Adds a thread that has not begun.
    pub(crate) fn add_thread(
        self: &Rc<Self>,
        name: Option<String>,
        spawned_at: Option<&'static Location<'static>>,
        body: Box<dyn FnOnce()>,
    ) -> usize {
        let index = self.threads.borrow().len();
        let world = Rc::downgrade(self);
        let fiber = Fiber::new(self.settings.stack_size, move |exit| {
            if let Some(world) = world.upgrade() {
                world.threads.borrow_mut()[index].exit = Some(exit);
            }
            body();
        });
        self.memory.borrow_mut().add_thread(self.current.get());
        self.threads.borrow_mut().push(Thread { name, spawned_at, fiber: Some(fiber), ..Thread::default() });
        index
    }

    /// Looks at conditions of threads that wait, which takes no step.
    pub(crate) fn judge<R>(&self, look: impl FnOnce() -> R) -> R {
        self.judging.set(true);
        let result = look();
        self.judging.set(false);
        result
    }

    /// The thread that runs, to look at or change.
    pub(crate) fn me<R>(&self, look: impl FnOnce(&mut Thread) -> R) -> R {
        self.thread(self.current.get(), look)
    }

    pub(crate) fn thread<R>(&self, index: usize, look: impl FnOnce(&mut Thread) -> R) -> R {
        look(&mut self.threads.borrow_mut()[index])
    }
}

/// The world the caller runs in, if it runs in one.
pub(crate) fn here() -> Option<Rc<World>> {
    // Destructors of thread-locals may ask after this one is gone; they run in no world.
    WORLD.try_with(|world| world.borrow().clone()).ok().flatten()
}

/// [`here`], for a look that does not outlast the call and reaches no scheduling point.
pub(crate) fn look<R>(look: impl FnOnce(&World) -> R) -> Option<R> {
    WORLD.try_with(|world| world.borrow().as_deref().map(look)).ok().flatten()
}

/// Whether the steps of this execution are being written down.
pub(crate) fn telling() -> bool {
    here().is_some_and(|world| world.teller.is_some())
}

/// Whether the caller runs inside an exploration.
pub fn exploring() -> bool {
    WORLD.try_with(|world| world.borrow().is_some()).unwrap_or(false)
}

/// The number of this execution, unique in the process; 0 outside explorations.
pub fn epoch() -> u64 {
    look(|world| world.epoch).unwrap_or(0)
}
