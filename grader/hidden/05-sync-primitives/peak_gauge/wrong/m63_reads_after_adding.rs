//! caught by: the_peak_covers_every_value_that_current_returned (failed)
//! idea: After `fetch_add`, a `load` gives the number I have just made.

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
        self.current.fetch_add(1, Ordering::SeqCst);
        let count = self.current.load(Ordering::SeqCst);
        self.peak.fetch_max(count, Ordering::SeqCst);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.current.load(Ordering::SeqCst)
    }

    pub fn peak(&self) -> usize {
        self.peak.load(Ordering::SeqCst)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.current.fetch_sub(1, Ordering::SeqCst);
    }
}
