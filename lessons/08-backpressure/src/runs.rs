//! A producer that is faster than its disk, with queues of several sizes between the two.

use std::cell::RefCell;
use std::fmt::{self, Display, Formatter};
use std::rc::Rc;
use std::time::Duration;

use tokio::join;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use crate::log::{Disk, Line, PER_LINE};

/// How large a line is.
const LINE: usize = 1024;

/// A queue with or without a limit.
enum Entrance {
    Bounded(mpsc::Sender<Line>),
    Unbounded(mpsc::UnboundedSender<Line>),
}

enum Exit {
    Bounded(mpsc::Receiver<Line>),
    Unbounded(mpsc::UnboundedReceiver<Line>),
}

fn queue(capacity: Option<usize>) -> (Entrance, Exit) {
    match capacity {
        Some(capacity) => {
            let (entrance, exit) = mpsc::channel(capacity);
            (Entrance::Bounded(entrance), Exit::Bounded(exit))
        }
        None => {
            let (entrance, exit) = mpsc::unbounded_channel();
            (Entrance::Unbounded(entrance), Exit::Unbounded(exit))
        }
    }
}

impl Entrance {
    async fn send(&self, line: Line) {
        let sent = match self {
            Self::Bounded(entrance) => entrance.send(line).await.is_ok(),
            Self::Unbounded(entrance) => entrance.send(line).is_ok(),
        };
        assert!(sent, "the disk takes all that is sent");
    }
}

impl Exit {
    async fn recv(&mut self) -> Option<Line> {
        match self {
            Self::Bounded(exit) => exit.recv().await,
            Self::Unbounded(exit) => exit.recv().await,
        }
    }
}

/// How things stand at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Since the beginning.
    pub at: Duration,
    /// How many lines the producer has got rid of.
    pub said: usize,
    /// How many of them are in the queue.
    pub waiting: usize,
    /// How old the line was that was written last.
    pub latency: Duration,
}

/// A run with one queue.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// Room in the queue.
    pub capacity: Option<usize>,
    /// How things stood, every half second.
    pub samples: Vec<Sample>,
    /// When the producer was done.
    pub said: Duration,
    /// When the disk was.
    pub written: Duration,
}

/// The producer has a line every millisecond, the disk takes five for each.
pub async fn steady(capacity: Option<usize>, lines: usize) -> Report {
    let begun = Instant::now();
    let (entrance, mut exit) = queue(capacity);
    let (disk, said) = (Disk::default(), Rc::new(RefCell::new(0)));

    let producer = async {
        for _ in 0..lines {
            sleep(Duration::from_millis(1)).await;
            entrance.send(Line { text: "x".repeat(LINE), said: Instant::now() }).await;
            *said.borrow_mut() += 1;
        }
        drop(entrance);
        begun.elapsed()
    };
    let consumer = async {
        while let Some(line) = exit.recv().await {
            disk.write(line).await;
        }
        begun.elapsed()
    };
    let observer = async {
        let mut samples = Vec::new();
        loop {
            sleep_until(begun + Duration::from_millis(500) * (samples.len() as u32 + 1)).await;
            let (said, written) = (*said.borrow(), disk.written());
            if written.lines == lines {
                return samples;
            }
            let (at, waiting) = (begun.elapsed(), said - written.begun);
            samples.push(Sample { at, said, waiting, latency: written.latency });
        }
    };
    let (said, written, samples) = join!(producer, consumer, observer);
    Report { capacity, samples, said, written }
}

/// The producer has `burst` lines at once, five times, and a pause after each in which the disk could write them twice.
/// Returns the longest that it was held up.
pub async fn bursts(capacity: usize, burst: u32) -> Duration {
    let (entrance, mut exit) = queue(Some(capacity));
    let disk = Disk::default();
    let producer = async {
        let mut longest = Duration::ZERO;
        for _ in 0..5 {
            let begun = Instant::now();
            for _ in 0..burst {
                entrance.send(Line { text: String::new(), said: Instant::now() }).await;
            }
            longest = longest.max(begun.elapsed());
            sleep_until(begun + PER_LINE * burst * 2).await;
        }
        drop(entrance);
        longest
    };
    let consumer = async {
        while let Some(line) = exit.recv().await {
            disk.write(line).await;
        }
    };
    join!(producer, consumer).0
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.capacity {
            Some(capacity) => writeln!(f, "capacity {capacity}")?,
            None => writeln!(f, "no limit")?,
        }
        for Sample { at, said, waiting, latency } in &self.samples {
            let (at, memory, latency) = (at.as_millis(), waiting * LINE / 1024, latency.as_millis());
            writeln!(
                f,
                "{at:>5} ms  {said:>4} said  {waiting:>4} waiting  {memory:>4} KiB  written after {latency:>4} ms"
            )?;
        }
        writeln!(f, "all said at {} ms, all written at {} ms", self.said.as_millis(), self.written.as_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oldest(report: &Report) -> Duration {
        report.samples.iter().map(|sample| sample.latency).max().expect("there are samples")
    }

    #[tokio::test(start_paused = true)]
    async fn capacity_does_not_make_the_disk_any_faster() {
        for capacity in [Some(1), Some(16), None] {
            let written = steady(capacity, 500).await.written;
            assert_eq!(written, Duration::from_millis(2501), "{capacity:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_waits_is_bounded_by_the_capacity_and_so_is_latency() {
        for (capacity, latency) in [(1, 15), (16, 90)] {
            let report = steady(Some(capacity), 500).await;
            assert!(report.samples.iter().all(|sample| sample.waiting <= capacity), "{report}");
            assert!(oldest(&report) <= Duration::from_millis(latency), "{report}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_everything_waits() {
        let report = steady(None, 500).await;
        assert_eq!(report.said, Duration::from_millis(500));
        assert!(report.samples[0].waiting >= 399, "{report}");
        assert!(oldest(&report) >= Duration::from_millis(1500), "{report}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_that_fits_holds_nobody_up() {
        assert!(bursts(1, 20).await >= Duration::from_millis(90));
        assert_eq!(bursts(20, 20).await, Duration::ZERO);
        assert_eq!(bursts(200, 20).await, Duration::ZERO);
    }
}
