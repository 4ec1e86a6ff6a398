//! The work: a step that takes its time.

use std::time::Duration;

use tokio::time::sleep;

use crate::journal::Journal;

/// What a stage does with every item, apart from its arithmetic.
pub struct Step {
    name: String,
    takes: Duration,
    journal: Journal,
}

/// The steps of the whole pipeline.
pub struct Steps {
    /// Makes a number.
    pub generate: Step,
    /// Squares it.
    pub square: Step,
    /// Looks whether the square is even.
    pub filter: Step,
}

impl Step {
    /// A step that takes so many milliseconds for an item.
    pub fn new(name: &str, milliseconds: u64, journal: &Journal) -> Self {
        Self { name: name.to_string(), takes: Duration::from_millis(milliseconds), journal: journal.clone() }
    }

    /// Takes its time over an item, and gives it back.
    pub async fn on<T>(&self, item: T) -> T {
        let _working = self.journal.begin(&self.name);
        // A step that takes no time is none: it does not even wait for the clock.
        if !self.takes.is_zero() {
            sleep(self.takes).await;
        }
        item
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.journal.note(&self.name, "has ended");
    }
}

impl Steps {
    /// Steps that take so many milliseconds each: generate, square, filter.
    pub fn taking([generate, square, filter]: [u64; 3], journal: &Journal) -> Self {
        Self {
            generate: Step::new("generate", generate, journal),
            square: Step::new("square", square, journal),
            filter: Step::new("filter", filter, journal),
        }
    }
}
