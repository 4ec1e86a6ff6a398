//! A log, and the task that writes it to disk.

use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

/// How long the disk takes for a line.
pub const PER_LINE: Duration = Duration::from_millis(5);

// ANCHOR: log
/// A log. Its lines are written by a task of their own, so that nobody waits for the disk.
#[derive(Clone)]
pub struct Log(mpsc::UnboundedSender<Line>);

impl Log {
    /// Says something, and goes on at once.
    pub fn say(&self, text: String) {
        // The writer ends only when the last log is gone.
        let _ = self.0.send(Line { text, said: Instant::now() });
    }
}

/// Writes to the disk what is said in all clones of a log.
pub async fn write_down(mut lines: mpsc::UnboundedReceiver<Line>, disk: &Disk) {
    while let Some(line) = lines.recv().await {
        disk.write(line).await;
    }
}
// ANCHOR_END: log

impl Log {
    /// A log, and what its writer reads.
    pub fn open() -> (Self, mpsc::UnboundedReceiver<Line>) {
        let (log, lines) = mpsc::unbounded_channel();
        (Self(log), lines)
    }
}

/// A line, and when it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was said.
    pub text: String,
    /// When.
    pub said: Instant,
}

/// A disk that takes its time.
#[derive(Default)]
pub struct Disk(Mutex<Written>);

/// What a disk has done so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many lines it has taken over.
    pub begun: usize,
    /// How many are written.
    pub lines: usize,
    /// How long ago the last one of these had been said when it was written.
    pub latency: Duration,
}

impl Disk {
    /// Writes a line.
    pub async fn write(&self, line: Line) {
        self.0.lock().expect("nobody panics while counting").begun += 1;
        sleep(PER_LINE).await;
        let mut written = self.0.lock().expect("nobody panics while counting");
        written.lines += 1;
        written.latency = line.said.elapsed();
    }

    /// What it has done so far.
    pub fn written(&self) -> Written {
        *self.0.lock().expect("nobody panics while counting")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_the_disk_and_the_last_line_waits_for_all_others() {
        let (log, lines) = Log::open();
        let said = Instant::now();
        for number in 0..100 {
            log.say(format!("line {number}"));
        }
        assert_eq!(said.elapsed(), Duration::ZERO);
        drop(log);
        let disk = Disk::default();
        write_down(lines, &disk).await;
        assert_eq!(disk.written(), Written { begun: 100, lines: 100, latency: Duration::from_millis(500) });
    }
}
