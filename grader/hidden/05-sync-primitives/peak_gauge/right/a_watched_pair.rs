//! right: the pair is the value of a tokio `watch` channel that nobody has to watch.
//! not modelled: a tokio channel.

use tokio::sync::watch;

#[derive(Debug, Default)]
pub struct PeakGauge(watch::Sender<(usize, usize)>);

#[derive(Debug)]
pub struct GaugeGuard<'a>(&'a PeakGauge);

impl PeakGauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> GaugeGuard<'_> {
        self.0.send_modify(|(current, peak)| {
            *current += 1;
            *peak = (*peak).max(*current);
        });
        GaugeGuard(self)
    }

    pub fn current(&self) -> usize {
        self.0.borrow().0
    }

    pub fn peak(&self) -> usize {
        self.0.borrow().1
    }
}

impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.0.0.send_modify(|(current, _)| *current -= 1);
    }
}
