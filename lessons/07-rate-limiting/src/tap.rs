//! Things that come one by one as time passes, and nobody counts them while they come.

use std::time::Duration;

use tokio::time::Instant;

// ANCHOR: tap
/// A tap that drips.
pub struct Tap {
    every: Duration,
    counted: Instant,
}

impl Tap {
    /// Drips from now on.
    pub fn dripping(every: Duration) -> Self {
        Self { every, counted: Instant::now() }
    }

    /// How many drops have fallen since the last time somebody asked.
    pub fn fallen(&mut self) -> u32 {
        let drops = self.counted.elapsed().as_nanos() / self.every.as_nanos();
        let drops = u32::try_from(drops).unwrap_or(u32::MAX);
        // Only the time that has become drops is counted. The rest belongs to the next one.
        self.counted += self.every * drops;
        drops
    }
}
// ANCHOR_END: tap

#[cfg(test)]
mod tests {
    use tokio::time::{advance, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn however_often_one_looks_the_drops_are_the_same() {
        for look in [7, 50, 99, 100, 101, 250, 1000] {
            let mut tap = Tap::dripping(Duration::from_millis(100));
            let started = Instant::now();
            let mut drops = 0;
            while started.elapsed() < Duration::from_secs(10) {
                sleep(Duration::from_millis(look)).await;
                drops += tap.fallen();
            }
            assert_eq!(u128::from(drops), started.elapsed().as_millis() / 100, "every {look} ms");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_years_are_many_drops() {
        let mut tap = Tap::dripping(Duration::from_millis(1));
        advance(Duration::from_secs(100 * 365 * 24 * 3600)).await;
        assert_eq!(tap.fallen(), u32::MAX);
    }
}
