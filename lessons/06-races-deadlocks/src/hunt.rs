//! Hunting a bug by running the program over and over.

use std::fmt::{self, Display, Formatter};
use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// What came of running a program many times.
#[derive(Debug, PartialEq, Eq)]
pub struct Bag {
    /// How many runs were begun.
    pub runs: u32,
    /// How many of them panicked.
    pub panicked: u32,
    /// The last one did not come back.
    pub stuck: bool,
}

/// Runs `program` `runs` times, or until a run has taken longer than `patience`. Threads that are stuck stay behind.
pub fn plainly(program: fn(), runs: u32, patience: Duration) -> Bag {
    let (report, reports) = mpsc::channel();
    thread::spawn(move || {
        for _ in 0..runs {
            let fine = panic::catch_unwind(program).is_ok();
            if report.send(fine).is_err() {
                break;
            }
        }
    });
    let mut bag = Bag { runs: 0, panicked: 0, stuck: false };
    while bag.runs < runs {
        bag.runs += 1;
        match reports.recv_timeout(patience) {
            Ok(fine) => bag.panicked += u32::from(!fine),
            Err(RecvTimeoutError::Timeout) => {
                bag.stuck = true;
                break;
            }
            Err(RecvTimeoutError::Disconnected) => unreachable!("panics are caught"),
        }
    }
    bag
}

impl Display for Bag {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.panicked, self.stuck) {
            (0, false) => write!(f, "{} runs, and nothing happened", self.runs),
            (0, true) => write!(f, "run {} did not come back", self.runs),
            (panicked, false) => write!(f, "{} runs, {panicked} of them went wrong", self.runs),
            (panicked, true) => write!(f, "{panicked} runs went wrong, and run {} did not come back", self.runs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn runs_that_go_wrong_are_counted() {
        let bag = plainly(|| panic!("on purpose"), 3, LONG);
        assert_eq!(bag, Bag { runs: 3, panicked: 3, stuck: false });
        assert_eq!(bag.to_string(), "3 runs, 3 of them went wrong");
    }

    #[test]
    fn runs_that_go_well_are_as_well() {
        assert_eq!(plainly(|| {}, 5, LONG).to_string(), "5 runs, and nothing happened");
        assert_eq!(plainly(|| {}, 0, LONG).runs, 0);
    }

    #[test]
    fn a_run_that_does_not_come_back_is_the_last() {
        let bag = plainly(thread::park, 3, Duration::from_millis(1));
        assert!(bag.stuck);
        assert_eq!(bag.to_string(), "run 1 did not come back");
    }
}
