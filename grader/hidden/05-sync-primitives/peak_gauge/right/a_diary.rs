//! right: a diary of those who came and went; both numbers are worked out when somebody asks.

use std::sync::RwLock;

#[derive(Debug, Clone, Copy)]
enum Event {
    Came,
    Went,
}

#[derive(Debug, Default)]
pub struct PeakGauge {
    diary: RwLock<Vec<Event>>,
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
        self.diary.write().unwrap().push(Event::Came);
        GaugeGuard { gauge: self }
    }

    pub fn current(&self) -> usize {
        self.counts().last().copied().unwrap_or(0)
    }

    pub fn peak(&self) -> usize {
        self.counts().into_iter().max().unwrap_or(0)
    }

    /// The count after each event.
    fn counts(&self) -> Vec<usize> {
        let mut count = 0;
        let diary = self.diary.read().unwrap();
        diary
            .iter()
            .map(|event| {
                match event {
                    Event::Came => count += 1,
                    Event::Went => count -= 1,
                }
                count
            })
            .collect()
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.diary.write().unwrap().push(Event::Went);
    }
}
