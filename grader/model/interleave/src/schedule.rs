//! A schedule, written down as its differences from the default one.

use serde::{Deserialize, Serialize};

/// Where a schedule departs from the default, and to which alternative. Without deviations it is the default
/// schedule: round-robin, each thread running until it waits, yields or ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Schedule {
    /// In order of their decisions.
    pub deviations: Vec<Deviation>,
    /// The end of a thread counts as a step, because the body asks whether threads have ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends_are_steps: bool,
}

/// One departure from the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deviation {
    /// The decision, counted from 0 over the decisions at which there was a choice.
    pub decision: u32,
    /// The alternative taken, from 1; its number is what it costs.
    pub alternative: u8,
}

impl Schedule {
    /// What the schedule costs: its bound in the sense of delay bounding.
    pub fn cost(&self) -> u32 {
        self.deviations.iter().map(|deviation| u32::from(deviation.alternative)).sum()
    }
}

/// A schedule being followed, and what was met on the way.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    schedule: Schedule,
    /// The first deviation still ahead.
    ahead: usize,
    /// How many options each decision had.
    pub(crate) options: Vec<u8>,
    /// The schedule asks for an alternative that does not exist here.
    pub(crate) impossible: bool,
}

impl Plan {
    pub(crate) fn new(schedule: Schedule) -> Self {
        Self { schedule, ..Self::default() }
    }

    /// The option the schedule takes out of `count`; the default is 0.
    pub(crate) fn choose(&mut self, count: usize) -> usize {
        if count < 2 {
            return 0;
        }
        let decision = self.options.len();
        self.options.push(u8::try_from(count).unwrap_or(u8::MAX));
        let Some(deviation) = self.schedule.deviations.get(self.ahead) else { return 0 };
        if deviation.decision as usize != decision {
            return 0;
        }
        self.ahead += 1;
        let alternative = usize::from(deviation.alternative);
        if alternative >= count {
            self.impossible = true;
            return 0;
        }
        alternative
    }

    /// Whether every deviation of the schedule was met.
    pub(crate) fn is_followed(&self) -> bool {
        !self.impossible && self.ahead == self.schedule.deviations.len()
    }
}
