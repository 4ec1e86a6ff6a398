//! caught by: two_threads_inside_leave_a_peak_of_two (failed)
//! idea: If the exchange fails, somebody else has raised the peak, so I need not.

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
        let count = self.current.fetch_add(1, Ordering::SeqCst) + 1;
        let peak = self.peak.load(Ordering::SeqCst);
        if count > peak {
            let _ = self.peak.compare_exchange(peak, count, Ordering::SeqCst, Ordering::SeqCst);
        }
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
