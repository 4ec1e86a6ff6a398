//! caught by: guards_in_turn_are_never_seen_together (failed)
//! idea: Two exact atomics make an exact difference.

use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Default)]
pub struct PeakGauge {
    entered: AtomicUsize,
    left: AtomicUsize,
    peak: AtomicUsize,
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
        self.entered.fetch_add(1, Ordering::SeqCst);
        self.peak.fetch_max(self.current(), Ordering::SeqCst);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        // `left` first: whoever left has entered before, so this never goes below zero.
        let left = self.left.load(Ordering::SeqCst);
        self.entered.load(Ordering::SeqCst) - left
    }

    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::SeqCst)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.left.fetch_add(1, Ordering::SeqCst);
    }
}
