//! Trying schedules, the simplest first.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::frontier::Frontier;
use crate::outcome::{Failed, Kind, Outcome};
use crate::panics::Quiet;
use crate::run::{Execution, execute};
use crate::schedule::Schedule;
use crate::trace::Story;
use crate::world::{Settings, Stop};

/// One exploration at a time: the panic hook is the process's.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How to search: limits, and what the schedules may do.
///
/// ```
/// use interleave::{Outcome, Search};
///
/// let outcome = Search::new().run(|| assert_eq!(1 + 1, 2));
/// assert_eq!(outcome, Outcome::AllChecked { executions: 1 });
/// ```
#[derive(Debug, Clone)]
pub struct Search {
    max_time: Duration,
    max_executions: u64,
    max_deviations: u32,
    settings: Settings,
}

impl Default for Search {
    fn default() -> Self {
        Self::new()
    }
}

type Body<R> = Arc<dyn Fn() -> R + Send + Sync>;

impl Search {
    /// At most 3 seconds and a million executions; 20 000 steps per execution; stacks of 1 MiB; threads that
    /// outlive the body are waited for; weak memory; no early timeouts, no spurious wake-ups.
    pub fn new() -> Self {
        Self {
            max_time: Duration::from_secs(3),
            max_executions: 1_000_000,
            max_deviations: u32::MAX,
            settings: Settings {
                max_steps: 20_000,
                stack_size: 1 << 20,
                early_timeouts: false,
                spurious: false,
                await_leftovers: true,
                weak_memory: true,
                ends_are_seen: false,
            },
        }
    }

    /// No new execution begins after this time.
    pub fn max_time(mut self, limit: Duration) -> Self {
        self.max_time = limit;
        self
    }

    /// No more executions than this.
    pub fn max_executions(mut self, limit: u64) -> Self {
        self.max_executions = limit;
        self
    }

    /// No schedule with more deviations than this.
    pub fn max_deviations(mut self, limit: u32) -> Self {
        self.max_deviations = limit;
        self
    }

    /// An execution with more steps than this is a live-lock.
    pub fn max_steps(mut self, limit: u32) -> Self {
        self.settings.max_steps = limit;
        self
    }

    /// The stack of every model thread, in bytes.
    pub fn stack_size(mut self, bytes: usize) -> Self {
        self.settings.stack_size = bytes;
        self
    }

    /// A timeout may fire although somebody could still run, as a deviation. Without it time passes only
    /// while nobody can run.
    pub fn early_timeouts(mut self, may: bool) -> Self {
        self.settings.early_timeouts = may;
        self
    }

    /// Up to three times in an execution, `Condvar::wait` and `park` may return for no reason and weak
    /// compare-exchanges may fail for none, as deviations.
    pub fn spurious_wakeups(mut self, may: bool) -> Self {
        self.settings.spurious = may;
        self
    }

    /// Threads that still wait when the body has returned and nothing can happen any more are left alone, as
    /// at the end of a process; without this they are a failure. What they own is leaked, execution by
    /// execution.
    pub fn allow_leftovers(mut self, may: bool) -> Self {
        self.settings.await_leftovers = !may;
        self
    }

    /// A load may find an older value than the newest, as a deviation, where the orders of the atomic operations
    /// allow it; without this every order is taken for `SeqCst`. On by default.
    pub fn weak_memory(mut self, may: bool) -> Self {
        self.settings.weak_memory = may;
        self
    }

    /// Runs `body` under schedule after schedule until one fails, none is left, or a limit is reached.
    ///
    /// `body` is one execution: it makes what it needs, spawns threads through the facade, and panics if it
    /// sees a broken promise. Apart from the schedule it must do the same each time.
    pub fn run(&self, body: impl Fn() + Send + Sync + 'static) -> Outcome {
        self.run_each(body, |()| {})
    }

    /// [`run`](Self::run) for a body with a result, which `seen` gets for each execution that did not fail.
    pub fn run_each<R: Send + 'static>(
        &self,
        body: impl Fn() -> R + Send + Sync + 'static,
        mut seen: impl FnMut(R) + Send,
    ) -> Outcome {
        let body: Body<R> = Arc::new(body);
        on_a_thread_of_its_own(|| self.search(&body, &mut seen))
    }

    /// Runs `body` once under `schedule` and tells what happened. The schedule must come from a search with
    /// the same settings and the same body.
    pub fn replay(&self, schedule: &Schedule, body: impl Fn() + Send + Sync + 'static) -> Story {
        let body: Body<()> = Arc::new(body);
        on_a_thread_of_its_own(|| {
            execute(&self.settings, schedule.clone(), true, &body).story.expect("a told execution has a story")
        })
    }

    fn search<R: 'static>(&self, body: &Body<R>, seen: &mut dyn FnMut(R)) -> Outcome {
        let begun = Instant::now();
        let mut frontier = Frontier::default();
        let mut executions = 0;
        let mut first_fingerprint = None;
        loop {
            let Some(next) = frontier.next(self.max_deviations) else {
                return frontier.when_done(executions);
            };
            let late = executions > 0 && begun.elapsed() >= self.max_time;
            if late || executions >= self.max_executions {
                return frontier.when_cut_short(executions);
            }
            executions += 1;
            let run = execute(&self.settings, next.schedule.clone(), false, body);
            if run.end_was_looked_at && !next.schedule.ends_are_steps {
                frontier = Frontier::with_ends_as_steps();
                first_fingerprint = None;
                continue;
            }
            let is_default = next.schedule.deviations.is_empty();
            if !run.followed || !next.agrees_with(&run.options) {
                return self.fail(next.schedule, Kind::NotDeterministic, None, executions);
            }
            if let Some(kind) = kind_of(&run) {
                return self.confirm(next.schedule, kind, &run, body, executions);
            }
            if is_default && *first_fingerprint.get_or_insert(run.fingerprint) == run.fingerprint {
                // The default schedule again, to catch a body that is not deterministic early.
                let again = execute(&self.settings, next.schedule.clone(), false, body);
                if again.fingerprint != run.fingerprint {
                    return self.fail(next.schedule, Kind::NotDeterministic, None, executions);
                }
            }
            if let Some(result) = run.result {
                seen(result);
            }
            frontier.add(next, &run.options);
        }
    }

    /// A failure counts when its replay fails in the same way.
    fn confirm<R: 'static>(
        &self,
        schedule: Schedule,
        kind: Kind,
        run: &Execution<R>,
        body: &Body<R>,
        executions: u64,
    ) -> Outcome {
        let replay = execute(&self.settings, schedule.clone(), true, body);
        let same = replay.fingerprint == run.fingerprint && kind_of(&replay).as_ref() == Some(&kind);
        self.fail(schedule, if same { kind } else { Kind::NotDeterministic }, replay.story, executions)
    }

    fn fail(&self, schedule: Schedule, kind: Kind, story: Option<Story>, executions: u64) -> Outcome {
        Outcome::Failed(Box::new(Failed { schedule, kind, executions, story }))
    }
}

fn kind_of<R>(run: &Execution<R>) -> Option<Kind> {
    match &run.stop {
        Stop::Finished => None,
        Stop::Panicked(panic) => Some(Kind::Panicked(panic.clone())),
        Stop::Stuck if run.body_returned => Some(Kind::Leaked),
        Stop::Stuck => Some(Kind::Deadlocked),
        Stop::OutOfSteps => Some(Kind::Livelocked),
    }
}

/// Whatever an abandoned execution leaves behind in thread-locals (a panic that never ended its unwinding, for
/// one) goes with the thread.
fn on_a_thread_of_its_own<R: Send>(search: impl FnOnce() -> R + Send) -> R {
    assert!(!crate::exploring(), "an exploration inside an exploration");
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let _quiet = Quiet::begin();
    let result = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("interleavings".to_owned());
        thread.spawn_scoped(scope, search).expect("a thread to search on").join()
    });
    result.unwrap_or_else(|payload| std::panic::resume_unwind(payload))
}
