//! caught by: the_peak_is_raised_by_entering (failed)
//! idea: The peak need only be known when somebody leaves, since until then the count can only grow.

use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Default)]
pub struct PeakGauge {
    current: AtomicUsize,
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
        self.current.fetch_add(1, Ordering::Relaxed);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.current.load(Ordering::Relaxed)
    }

    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        let count = self.gauge.current.fetch_sub(1, Ordering::Relaxed);
        self.gauge.peak.fetch_max(count, Ordering::Relaxed);
    }
}
