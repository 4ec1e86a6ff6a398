//! caught by: two_threads_inside_leave_a_peak_of_two (failed)
//! idea: When an exchange fails, I compare with the new value and write what I had worked out.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The count in the upper half of the word, the peak in the lower.
#[derive(Debug, Default)]
pub struct PeakGauge(AtomicU64);

#[derive(Debug)]
pub struct GaugeGuard<'a>(&'a PeakGauge);

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let mut old = self.0.load(Relaxed);
        let count = (old >> 32) + 1;
        let peak = count.max(old & 0xFFFF_FFFF);
        let new = count << 32 | peak;
        while let Err(seen) = self.0.compare_exchange_weak(old, new, Relaxed, Relaxed) {
            old = seen;
        }
        GaugeGuard(self)
    }

    pub fn current(&self) -> usize {
        (self.0.load(Relaxed) >> 32) as usize
    }

    pub fn peak(&self) -> usize {
        (self.0.load(Relaxed) & 0xFFFF_FFFF) as usize
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1 << 32, Relaxed);
    }
}
