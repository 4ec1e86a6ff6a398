//! right: count and peak in the halves of one atomic word, changed by one exchange.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const HALF: u32 = usize::BITS / 2;
const PEAK: usize = (1 << HALF) - 1;

/// The count in the upper half, the peak in the lower.
#[derive(Debug, Default)]
pub struct PeakGauge(AtomicUsize);

#[derive(Debug)]
pub struct GaugeGuard<'a>(&'a PeakGauge);

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let mut word = self.0.load(Relaxed);
        loop {
            let count = (word >> HALF) + 1;
            let next = count << HALF | count.max(word & PEAK);
            match self.0.compare_exchange_weak(word, next, Relaxed, Relaxed) {
                Ok(_) => return GaugeGuard(self),
                Err(seen) => word = seen,
            }
        }
    }

    pub fn current(&self) -> usize {
        self.0.load(Relaxed) >> HALF
    }

    pub fn peak(&self) -> usize {
        self.0.load(Relaxed) & PEAK
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1 << HALF, Relaxed);
    }
}
