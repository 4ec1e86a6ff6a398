//! right: `fetch_max` by hand: a weak exchange that is tried until the peak is high enough.

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
        let mut peak = self.peak.load(Ordering::Relaxed);
        while count > peak {
            match self.peak.compare_exchange_weak(peak, count, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => break,
                Err(seen) => peak = seen,
            }
        }
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
        self.gauge.current.fetch_sub(1, Ordering::Relaxed);
    }
}
