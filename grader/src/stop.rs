//! Asking a run to end before it is done: its file was saved again, or the learner wants something else.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Asks a run to end. Clones ask the same run.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    own: Arc<AtomicBool>,
    above: Vec<Arc<AtomicBool>>,
}

/// How often whoever waits for something looks whether it was asked to stop.
pub const LOOK: Duration = Duration::from_millis(10);

impl Stop {
    /// Asks. The run ends with [`Stopped`] once everything it started has ended.
    pub fn ask(&self) {
        self.own.store(true, Ordering::Relaxed);
    }

    /// For a part of the run, which may also be asked to end by itself.
    pub fn part(&self) -> Self {
        let above = self.above.iter().chain([&self.own]).cloned().collect();
        Self { own: Arc::default(), above }
    }

    /// Whether somebody asked.
    pub fn is_asked(&self) -> bool {
        self.above.iter().chain([&self.own]).any(|asked| asked.load(Ordering::Relaxed))
    }

    /// # Errors
    ///
    /// [`Stopped`], if somebody asked.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.is_asked() { Err(Stopped) } else { Ok(()) }
    }
}

/// The run was asked to end and did, without a verdict.
#[derive(Debug)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run was stopped")
    }
}

impl std::error::Error for Stopped {}

#[cfg(test)]
mod tests {
    use super::Stop;

    #[test]
    fn a_part_ends_with_the_whole_and_the_whole_goes_on_without_the_part() {
        let whole = Stop::default();
        let (one, other) = (whole.part(), whole.part());
        one.ask();
        assert!(one.is_asked() && one.check().is_err());
        assert!(!whole.is_asked() && !other.is_asked());
        whole.clone().ask();
        assert!(other.is_asked() && other.part().is_asked());
    }
}
