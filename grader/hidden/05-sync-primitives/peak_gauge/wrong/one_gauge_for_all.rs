//! caught by: each_gauge_counts_for_itself (failed)
//! idea: There is one gauge in the program, so its numbers may be static.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

static CURRENT: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug, Default)]
pub struct PeakGauge {}

#[derive(Debug)]
pub struct GaugeGuard<'a> {
    gauge: PhantomData<&'a PeakGauge>,
}

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let count = CURRENT.fetch_add(1, Ordering::Relaxed) + 1;
        PEAK.fetch_max(count, Ordering::Relaxed);
        GaugeGuard { gauge: PhantomData }
    }

    pub fn current(&self) -> usize {
        CURRENT.load(Ordering::Relaxed)
    }

    pub fn peak(&self) -> usize {
        PEAK.load(Ordering::Relaxed)
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        CURRENT.fetch_sub(1, Ordering::Relaxed);
    }
}
