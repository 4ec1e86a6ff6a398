//! Runs threads under every schedule that matters, replays the one that fails, and tells its story.
//!
//! A program with threads has many outcomes, and a test that runs it once, or a thousand times, sees the likely
//! ones. This crate takes the scheduler's place: model threads are coroutines on one operating-system thread, they
//! can change turns only where they announce an operation, and who goes next is decided by a [`Schedule`]. A
//! [`Search`] runs the same body under one schedule after the other, the simplest first, until one fails.
//!
//! The operations come from a facade: `std-model` is `std` with a scheduling point before each operation on a
//! lock, a channel, an atomic or a thread. Code needs no change for it, only a renamed dependency.
//!
//! # The search
//!
//! The default schedule is round-robin without preemption: a thread runs until it waits, yields or ends, then the
//! next one that can. A *deviation* lets the i-th thread behind the one whose turn it is go instead, and costs i.
//! Schedules are run in the order of their costs, each exactly once (iterative delay bounding). Most bugs need
//! one or two deviations, so they are found soon; and what is found first has a short story.
//!
//! Not only threads can deviate: which of several waiters `notify_one` wakes is a choice, too, and which store a load
//! finds (see below); and, where the search is asked for it, so are [early timeouts](Search::early_timeouts) and
//! [wake-ups for no reason](Search::spurious_wakeups), three at most in an execution. A body may mark calls in which its
//! thread [may be stopped](may_stop) for good: where a contract says that nobody waits for anybody, that shows who does.
//!
//! A thread that yields goes behind all others. One that polls without yielding is taken for yielding when it
//! passes the same place for the eighth time within one turn, so the default schedule is fair to everybody.
//!
//! # Memory orders
//!
//! Orders mean what C++20, and so Rust, says of them, as a machine with views: an atomic keeps its stores, a thread
//! knows for each atomic the oldest store it may still find, and a load finds that one or a later one. The newest is
//! the default; an older one is a deviation, and costs as much as it is older. A release store carries along what its
//! thread knows, an acquire load takes it over; so do fences, and read-modify-writes continue a release sequence. A
//! `compare_exchange` that fails is a load with its failure order, and may find any such value but the expected one.
//!
//! `SeqCst` operations take place in the order in which they are run, and none misses a store that an earlier one of
//! them knew of. Programs with no other order have the same schedules as if there were no weak memory.
//!
//! An old value that the load would also have found a little earlier, before the store it missed, is not offered
//! again: that is a schedule of its own. So old values cost executions only where they can make a difference.
//!
//! Locks, channels, threads and the like synchronise by [`Meeting`]s, of which each [`Model`] has one: whoever looks
//! at the state of an object learns all that those knew who looked before. This is more than std promises for two
//! readers of a lock, for two senders, or for a `try_lock` that fails, and never less.
//!
//! # What a verdict claims
//!
//! | [`Outcome`] | Claim |
//! |---|---|
//! | [`AllChecked`](Outcome::AllChecked) | No schedule of the modelled operations fails. |
//! | [`NoneUpTo`](Outcome::NoneUpTo) | No schedule with at most so many deviations fails. Programs that poll have schedules without end and never get further than this. |
//! | [`Failed`](Outcome::Failed) | This schedule fails, in this way, every time: it was replayed before it was reported. |
//!
//! In [which way](Kind): the body panicked; everybody waits and no timer is pending (deadlock); the limit of steps
//! was reached though everybody got their turn (live-lock); the body returned and left threads that wait for ever
//! (leak); or the body is not deterministic, and nothing can be said. A panic of another thread is an `Err` for
//! whoever joins it, as in std; the story mentions it.
//!
//! # What it does not claim
//!
//! - Two kinds of behaviour that C++20 allows are not run: a load never finds a store that is made later (load
//!   buffering), and a new store is always the newest (it is never put before one that is there already).
//! - Only atomics have old values. What stands in plain memory, behind an `UnsafeCell` or a raw pointer, is as it is:
//!   data races are not looked for. The value an atomic begins with is known to all.
//! - What goes by the facade synchronises nothing. A destructor that the last `Arc` runs may find old values in
//!   atomics with a `Relaxed` load although the counts inside `Arc` forbid it; join the threads first. The same
//!   holds for locks and channels of other libraries.
//! - Between two operations a thread runs alone. What goes by the facade (files, real threads, `core::sync`,
//!   atomics inside libraries, the counts inside `Arc`) has no scheduling points.
//! - Time is virtual. It stands still while anybody can run and jumps to the next deadline when nobody can: code
//!   takes no time, and timeouts fire only when nothing else can happen, unless they may be early.
//! - One body, as it is written: two threads and three items say nothing about three threads and four.
//!
//! # Bodies
//!
//! A body is one execution. It makes what it needs, and apart from the schedule it must do the same each time.
//! Statics survive executions; primitives in them are put back (see [`Model`]), the data inside locks cannot be.
//! Most bodies that are not deterministic are found out: the default schedule is run twice, every schedule must
//! meet the choices its parent met, and every failure is replayed.
//!
//! A failing execution is abandoned where it stands, as if the process ended: destructors do not run, and what its
//! threads owned is leaked. A stack overflow hits a guard page and ends the process.
//!
//! # Building a facade
//!
//! An operation is announced by an [`Op`], which knows its caller's place, and goes through [`step`], [`until`]
//! or [`wait`]. State that belongs to one execution lives in a [`Model`]. Conditions are plain functions of that
//! state; nobody has to wake anybody.
//!
//! ```
//! use interleave::{Fresh, Model, Op, step, until};
//!
//! #[derive(Default)]
//! struct Flag(Model<Raised>);
//!
//! #[derive(PartialEq)]
//! struct Raised(bool);
//!
//! impl Fresh for Raised {
//!     const FRESH: Self = Self(false);
//! }
//!
//! impl Flag {
//!     #[track_caller]
//!     fn raise(&self) {
//!         step(Op::new("Flag::raise").on(self));
//!         self.0.with(|raised| raised.0 = true);
//!     }
//!
//!     #[track_caller]
//!     fn wait(&self) {
//!         let is_up = || self.0.with(|raised| raised.0);
//!         until(Op::new("Flag::wait").on(self), is_up, || is_up().then_some(()));
//!     }
//! }
//!
//! let outcome = interleave::Search::new().run(|| Flag::default().wait());
//! let story = outcome.failed().and_then(|failed| failed.story.as_ref()).expect("nobody raises the flag");
//! assert!(interleave::columns(story, 80).contains("main waits for ever"));
//! ```

mod fiber;
mod frontier;
mod kept;
mod location;
mod memory;
mod op;
mod outcome;
mod panics;
mod period;
mod point;
mod run;
mod schedule;
mod scheduler;
mod search;
mod stack;
mod tell;
pub mod threads;
mod world;

pub use interleave_story::{columns, trace};
pub use kept::{FirstUse, Fresh, Model, Use};
pub use location::{Location, Meeting, fence};
pub use op::Op;
pub use outcome::{Failed, Kind, Outcome};
pub use panics::{unwinding_begins, unwinding_ended};
pub use point::{acquired, choose, fails_for_no_reason, give_way, may_stop, now, released, result, step, until, wait};
pub use schedule::{Deviation, Schedule};
pub use search::Search;
pub use world::{Wake, epoch, exploring};
