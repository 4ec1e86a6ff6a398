//! right: both numbers behind one lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub struct PeakGauge(Mutex<(usize, usize)>);

#[derive(Debug)]
pub struct GaugeGuard<'a>(&'a PeakGauge);

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let mut pair = self.pair();
        pair.0 += 1;
        pair.1 = pair.1.max(pair.0);
        GaugeGuard(self)
    }

    pub fn current(&self) -> usize {
        self.pair().0
    }

    pub fn peak(&self) -> usize {
        self.pair().1
    }

    fn pair(&self) -> MutexGuard<'_, (usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.0.pair().0 -= 1;
    }
}
