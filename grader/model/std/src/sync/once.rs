//! `std::sync::Once`.

use ::std::fmt;

use interleave::{Fresh, Model, Op, result, until};

use crate::thread::panicking;

/// See [`std::sync::Once`].
pub struct Once {
    state: Model<Progress>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Progress {
    Incomplete,
    Running,
    Poisoned,
    Complete,
}

impl Fresh for Progress {
    const FRESH: Self = Self::Incomplete;
}

/// See [`std::sync::OnceState`].
#[derive(Debug)]
pub struct OnceState {
    poisoned: bool,
}

impl OnceState {
    /// See [`std::sync::OnceState::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.poisoned
    }
}

/// What one who runs the closure leaves behind, also by panic.
struct Running<'a>(&'a Once);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let after = if panicking() { Progress::Poisoned } else { Progress::Complete };
        self.0.state.with(|progress| *progress = after);
    }
}

#[expect(clippy::new_without_default, reason = "as in std")]
impl Once {
    /// See [`std::sync::Once::new`].
    pub const fn new() -> Self {
        Self { state: Model::new() }
    }

    /// See [`std::sync::Once::call_once`].
    ///
    /// # Panics
    ///
    /// If an earlier closure panicked.
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        self.call(Op::new("Once::call_once"), false, |_| f());
    }

    /// See [`std::sync::Once::call_once_force`].
    #[track_caller]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        self.call(Op::new("Once::call_once_force"), true, f);
    }

    /// See [`std::sync::Once::is_completed`].
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        interleave::step(Op::new("Once::is_completed").on(&self.state));
        let is = self.peek();
        result(|| is.to_string());
        is
    }

    /// See [`std::sync::Once::wait`].
    ///
    /// # Panics
    ///
    /// If the closure panicked.
    #[track_caller]
    pub fn wait(&self) {
        let end = self.wait_for_end(Op::new("Once::wait"), |progress| {
            matches!(progress, Progress::Complete | Progress::Poisoned)
        });
        assert!(end == Progress::Complete, "Once instance has previously been poisoned");
    }

    /// See [`std::sync::Once::wait_force`].
    #[track_caller]
    pub fn wait_force(&self) {
        self.wait_for(Op::new("Once::wait_force"));
    }

    /// Waits until it is complete.
    pub(super) fn wait_for(&self, op: Op) {
        self.wait_for_end(op, |progress| progress == Progress::Complete);
    }

    /// Makes it complete without a scheduling point.
    pub(super) fn complete(&self, f: impl FnOnce()) {
        f();
        self.state.with(|progress| *progress = Progress::Complete);
    }

    /// Whether it is complete, without a scheduling point.
    pub(super) fn peek(&self) -> bool {
        self.state.with(|progress| *progress == Progress::Complete)
    }

    fn wait_for_end(&self, op: Op, is_end: impl Fn(Progress) -> bool) -> Progress {
        let look = || self.state.with(|progress| *progress);
        until(op.on(&self.state), || is_end(look()), || Some(look()).filter(|progress| is_end(*progress)))
    }

    /// Runs `f` if nobody has, waits if somebody does.
    pub(super) fn call(&self, op: Op, force: bool, f: impl FnOnce(&OnceState)) {
        let free = || self.state.with(|progress| *progress != Progress::Running);
        let begin = || {
            self.state.with(|progress| {
                let before = *progress;
                if before == Progress::Incomplete || before == Progress::Poisoned && force {
                    *progress = Progress::Running;
                }
                (before != Progress::Running).then_some(before)
            })
        };
        match until(op.on(&self.state), free, begin) {
            Progress::Poisoned if !force => panic!("Once instance has previously been poisoned"),
            Progress::Complete | Progress::Running => result(|| "already done".to_owned()),
            before => {
                result(|| "runs".to_owned());
                interleave::acquired(&self.state);
                let running = Running(self);
                f(&OnceState { poisoned: before == Progress::Poisoned });
                interleave::step(Op::unplaced("initialised").on(&self.state));
                interleave::released(&self.state);
                drop(running);
            }
        }
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
