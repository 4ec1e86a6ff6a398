//! caught by: thousands_live_at_once_and_more_over_time (failed)
//! idea: There are never more than a few threads inside, so two bytes of one word hold it all.

use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

/// The count in the upper byte, the peak in the lower.
#[derive(Debug, Default)]
pub struct PeakGauge(AtomicU16);

#[derive(Debug)]
pub struct GaugeGuard<'a>(&'a PeakGauge);

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let _ = self.0.fetch_update(Relaxed, Relaxed, |word| {
            let [count, peak] = word.to_be_bytes();
            let count = count.wrapping_add(1);
            Some(u16::from_be_bytes([count, peak.max(count)]))
        });
        GaugeGuard(self)
    }

    pub fn current(&self) -> usize {
        usize::from(self.0.load(Relaxed).to_be_bytes()[0])
    }

    pub fn peak(&self) -> usize {
        usize::from(self.0.load(Relaxed).to_be_bytes()[1])
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1 << 8, Relaxed);
    }
}
