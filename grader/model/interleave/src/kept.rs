//! State that survives executions, and how it is put back.
//!
//! A `static` outlives the execution that used it. What a primitive knows about itself (who holds it, who
//! waits) belongs to one execution and begins afresh in the next.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::location::Meeting;
use crate::world::{self, epoch};

/// State with a beginning to go back to.
pub trait Fresh: PartialEq {
    /// How the state begins.
    const FRESH: Self;
}

/// The state of a primitive. An execution that meets the leftovers of an earlier one finds it
/// [fresh](Fresh::FRESH); what was made outside of explorations and is in use stays as it is.
///
/// Whoever looks at it synchronises with all who did before, as at a [`Meeting`].
#[derive(Debug)]
pub struct Model<S> {
    state: Mutex<(u64, S)>,
    meeting: Meeting,
}

impl<S: Fresh> Default for Model<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Fresh> Model<S> {
    /// Fresh state.
    pub const fn new() -> Self {
        Self { state: Mutex::new((0, S::FRESH)), meeting: Meeting::new() }
    }

    /// Looks at the state or changes it. `look` must neither reach a scheduling point nor come here again.
    pub fn with<R>(&self, look: impl FnOnce(&mut S) -> R) -> R {
        let met = world::look(|world| {
            self.meeting.meet_in(world);
            world.epoch
        });
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (owner, now) = (state.0, met.unwrap_or(0));
        if now != 0 && owner != now {
            if owner != 0 {
                state.1 = S::FRESH;
            }
            if state.1 == S::FRESH {
                state.0 = now;
            }
        }
        look(&mut state.1)
    }
}

/// Notices the first use in each execution.
#[derive(Debug, Default)]
pub struct FirstUse(AtomicU64);

impl FirstUse {
    /// Not used yet.
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// What this use is.
    pub fn notice(&self) -> Use {
        let now = epoch();
        if now == 0 {
            return Use::Outside;
        }
        match self.0.swap(now, Ordering::Relaxed) {
            0 => Use::FirstEver,
            before if before == now => Use::Again,
            _ => Use::FirstOfExecution,
        }
    }
}

/// What [`FirstUse`] noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Outside of explorations.
    Outside,
    /// The first in any execution.
    FirstEver,
    /// The first in this execution; there was an earlier one.
    FirstOfExecution,
    /// Not the first in this execution.
    Again,
}
