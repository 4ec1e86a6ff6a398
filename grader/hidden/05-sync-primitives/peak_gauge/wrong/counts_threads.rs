//! caught by: current_counts_the_live_guards (failed)
//! idea: Who is inside is a set of threads.

use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

#[derive(Debug, Default)]
struct State {
    inside: HashSet<ThreadId>,
    peak: usize,
}

#[derive(Debug, Default)]
pub struct PeakGauge {
    state: Mutex<State>,
}

#[derive(Debug)]
pub struct GaugeGuard<'a> {
    gauge: &'a PeakGauge,
    thread: ThreadId,
}

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let thread = thread::current().id();
        let mut state = self.state.lock().unwrap();
        state.inside.insert(thread);
        state.peak = state.peak.max(state.inside.len());
        GaugeGuard { gauge: self, thread }
    }

    pub fn current(&self) -> usize {
        self.state.lock().unwrap().inside.len()
    }

    pub fn peak(&self) -> usize {
        self.state.lock().unwrap().peak
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.state.lock().unwrap().inside.remove(&self.thread);
    }
}
