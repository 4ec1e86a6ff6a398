//! right: whoever asks for the peak also looks at the count, and so may see a peak that `enter` has not noted yet.

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
        let count = self.current.fetch_add(1, Ordering::Relaxed) + 1;
        self.peak.fetch_max(count, Ordering::Relaxed);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.current.load(Ordering::Relaxed)
    }

    pub fn peak(&self) -> usize {
        let count = self.current.load(Ordering::Relaxed);
        self.peak.load(Ordering::Relaxed).max(count)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.current.fetch_sub(1, Ordering::Relaxed);
    }
}
