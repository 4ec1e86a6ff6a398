//! Who waits where, in words.

use protocol::{Party, Place, Waiting};
use serde::{Deserialize, Serialize};

/// One party that waits (or runs), with the line of code it stands at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// `the test`, `task 1`, `thread 2`.
    pub who: String,
    /// In the learner's file, or else in the hidden test.
    pub place: Option<Place>,
    /// The line of the learner's file.
    pub code: Option<String>,
    /// What is waited on; absent for a party that runs.
    pub on: Option<String>,
}

impl Wait {
    /// `text` is the learner's file.
    pub fn new(waiting: Waiting, text: &str) -> Self {
        let code = waiting.learner.as_ref().and_then(|place| line(text, place)).map(str::to_owned);
        Self { who: who(waiting.party), code, place: waiting.learner.or(waiting.test), on: waiting.on }
    }
}

fn who(party: Party) -> String {
    match party {
        Party::Test => "the test".to_owned(),
        Party::Task(number) => format!("task {number}"),
        Party::Thread(number) => format!("thread {number}"),
    }
}

fn line<'t>(text: &'t str, place: &Place) -> Option<&'t str> {
    let at = usize::try_from(place.line).ok()?.checked_sub(1)?;
    text.lines().nth(at)
}
