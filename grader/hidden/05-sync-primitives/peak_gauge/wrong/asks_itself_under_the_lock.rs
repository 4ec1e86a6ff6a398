//! caught by: current_counts_the_live_guards (deadlocked)
//! idea: A method of mine may call the others while it holds my lock.

use std::sync::Mutex;

#[derive(Debug, Default)]
struct State {
    current: usize,
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
        state.current += 1;
        state.peak = self.peak().max(state.current);
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
    }
}
