//! caught by: threads_hold_guards_at_the_same_time (failed)
//! idea: If there is never more than one inside, the numbers cannot get mixed up.

use std::sync::{Condvar, Mutex};

#[derive(Debug, Default)]
struct State {
    current: usize,
    peak: usize,
}

#[derive(Debug, Default)]
pub struct PeakGauge {
    state: Mutex<State>,
    left: Condvar,
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
        let state = self.state.lock().unwrap();
        let mut state = self.left.wait_while(state, |state| state.current > 0).unwrap();
        state.current += 1;
        state.peak = state.peak.max(state.current);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.state.lock().unwrap().current
    }

    pub fn peak(&self) -> usize {
        self.state.lock().unwrap().peak
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.state.lock().unwrap().current -= 1;
        self.gauge.left.notify_one();
    }
}
