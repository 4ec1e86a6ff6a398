//! Four readings of "so many per second". None of them waits: each is asked whether a request may go now.

use std::collections::VecDeque;
use std::time::Duration;

/// Says of each request whether it may go. Times are counted from the beginning, and only grow.
pub trait Limiter {
    /// Whether a request may go at this moment.
    fn allow(&mut self, at: Duration) -> bool;
}

// ANCHOR: ticker
/// Never two within `every`.
pub struct Ticker {
    every: Duration,
    last: Option<Duration>,
}

impl Limiter for Ticker {
    fn allow(&mut self, at: Duration) -> bool {
        let allowed = self.last.is_none_or(|last| at - last >= self.every);
        if allowed {
            self.last = Some(at);
        }
        allowed
    }
}
// ANCHOR_END: ticker

// ANCHOR: window
/// `most` between one stroke of the clock and the next.
pub struct Window {
    length: Duration,
    most: usize,
    current: u128,
    allowed: usize,
}

impl Limiter for Window {
    fn allow(&mut self, at: Duration) -> bool {
        let window = at.as_nanos() / self.length.as_nanos();
        if window != self.current {
            (self.current, self.allowed) = (window, 0);
        }
        let allowed = self.allowed < self.most;
        self.allowed += usize::from(allowed);
        allowed
    }
}
// ANCHOR_END: window

// ANCHOR: bucket
/// In any span of time at most `capacity`, and one more for every whole `period` in it.
pub struct Bucket {
    capacity: usize,
    period: Duration,
    sent: Vec<Duration>,
}

impl Limiter for Bucket {
    fn allow(&mut self, at: Duration) -> bool {
        // Every span that begins with a request and ends now, with this one in it.
        let allowed = self.sent.iter().chain([&at]).enumerate().all(|(earlier, begin)| {
            let in_span = self.sent.len() - earlier + 1;
            let periods = (at - *begin).as_nanos() / self.period.as_nanos();
            in_span as u128 <= self.capacity as u128 + periods
        });
        if allowed {
            self.sent.push(at);
        }
        allowed
    }
}
// ANCHOR_END: bucket

// ANCHOR: log
/// `most` in any span of this `length`, wherever it begins.
pub struct Log {
    length: Duration,
    most: usize,
    sent: VecDeque<Duration>,
}

impl Limiter for Log {
    fn allow(&mut self, at: Duration) -> bool {
        while self.sent.front().is_some_and(|oldest| at - *oldest >= self.length) {
            self.sent.pop_front();
        }
        let allowed = self.sent.len() < self.most;
        if allowed {
            self.sent.push_back(at);
        }
        allowed
    }
}
// ANCHOR_END: log

/// One every 10 ms.
pub fn ticker() -> Ticker {
    Ticker { every: Duration::from_millis(10), last: None }
}

/// 100 from second to second.
pub fn window() -> Window {
    Window { length: Duration::from_secs(1), most: 100, current: 0, allowed: 0 }
}

/// 100 at once, and one more every 10 ms.
pub fn bucket() -> Bucket {
    Bucket { capacity: 100, period: Duration::from_millis(10), sent: Vec::new() }
}

/// 100 in any second.
pub fn log() -> Log {
    Log { length: Duration::from_secs(1), most: 100, sent: VecDeque::new() }
}

/// How many of these requests are allowed.
pub fn allowed(mut limiter: impl Limiter, requests: &[u64]) -> usize {
    requests.iter().filter(|at| limiter.allow(Duration::from_millis(**at))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_a_hundred() {
        let burst = [0; 100];
        let all = [allowed(ticker(), &burst), allowed(window(), &burst), allowed(bucket(), &burst)];
        assert_eq!(all, [1, 100, 100]);
    }

    #[test]
    fn the_edge_of_a_window_lets_twice_as_many_through() {
        let edge = [[990; 100], [1010; 100]].concat();
        assert_eq!(allowed(window(), &edge), 200);
        assert_eq!(allowed(log(), &edge), 100);
        assert_eq!(allowed(bucket(), &edge), 102);
        assert_eq!(allowed(ticker(), &edge), 2);
    }

    #[test]
    fn a_full_bucket_that_has_waited_for_long_is_a_full_bucket() {
        let late = [[1_000_000; 200], [1_000_010; 200]].concat();
        assert_eq!(allowed(bucket(), &late), 101);
    }

    #[test]
    fn a_steady_stream_passes_a_bucket_at_its_rate() {
        let stream: Vec<u64> = (0..10_000).collect();
        assert_eq!(allowed(bucket(), &stream), 100 + 999);
        assert_eq!(allowed(log(), &stream), 1000);
        assert_eq!(allowed(window(), &stream), 1000);
        assert_eq!(allowed(ticker(), &stream), 1000);
    }
}
