//! `std::sync::Barrier`.

use ::std::fmt;

use interleave::{Fresh, Model, Op, result, until, wait};

/// See [`std::sync::Barrier`].
pub struct Barrier {
    count: usize,
    state: Model<State>,
}

#[derive(PartialEq)]
struct State {
    arrived: usize,
    generation: usize,
}

impl Fresh for State {
    const FRESH: Self = Self { arrived: 0, generation: 0 };
}

/// See [`std::sync::BarrierWaitResult`].
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// See [`std::sync::BarrierWaitResult::is_leader`].
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult").field("is_leader", &self.0).finish()
    }
}

impl Barrier {
    /// See [`std::sync::Barrier::new`].
    pub const fn new(n: usize) -> Self {
        Self { count: n, state: Model::new() }
    }

    /// See [`std::sync::Barrier::wait`].
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let arrive = || {
            self.state.with(|state| {
                let generation = state.generation;
                state.arrived += 1;
                if state.arrived >= self.count {
                    (state.arrived, state.generation) = (0, generation.wrapping_add(1));
                    return Some((generation, true));
                }
                Some((generation, false))
            })
        };
        let (generation, leads) = until(Op::new("Barrier::wait").on(&self.state), || true, arrive);
        if leads {
            result(|| "last to arrive".to_owned());
        } else {
            let passed = || self.state.with(|state| state.generation != generation);
            wait(Op::new("Barrier::wait").on(&self.state), passed, || false, None);
        }
        BarrierWaitResult(leads)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
