//! right: each guard takes a place, a free one if there is any; the peak is the number of places ever made.

use std::sync::Mutex;

#[derive(Debug, Default)]
struct Places {
    made: usize,
    free: Vec<usize>,
}

#[derive(Debug, Default)]
pub struct PeakGauge(Mutex<Places>);

#[derive(Debug)]
pub struct GaugeGuard<'a> {
    gauge: &'a PeakGauge,
    place: usize,
}

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        let mut places = self.0.lock().unwrap();
        let place = places.free.pop().unwrap_or_else(|| {
            places.made += 1;
            places.made
        });
        GaugeGuard { gauge: self, place }
    }

    pub fn current(&self) -> usize {
        let places = self.0.lock().unwrap();
        places.made - places.free.len()
    }

    pub fn peak(&self) -> usize {
        self.0.lock().unwrap().made
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.0.lock().unwrap().free.push(self.place);
    }
}
