//! caught by: a_guard_may_leave_on_another_thread (failed)
//! idea: The thread that drops a guard is the thread that entered.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

#[derive(Debug, Default)]
struct State {
    inside: HashMap<ThreadId, usize>,
    peak: usize,
}

#[derive(Debug, Default)]
pub struct PeakGauge {
    state: Mutex<State>,
}

#[derive(Debug)]
pub struct GaugeGuard<'a> {
    gauge: &'a PeakGauge,
}

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let mut state = self.state.lock().unwrap();
        *state.inside.entry(thread::current().id()).or_default() += 1;
        state.peak = state.peak.max(state.inside.values().sum());
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.state.lock().unwrap().inside.values().sum()
    }

    pub fn peak(&self) -> usize {
        self.state.lock().unwrap().peak
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        let mut state = self.gauge.state.lock().unwrap();
        if let Some(count) = state.inside.get_mut(&thread::current().id()) {
            *count -= 1;
        }
    }
}
