//! What happened, and when: a line as it happens.

use std::io::{self, Write};
use std::time::Instant;

/// A journal that prints each line with the time since it was begun.
pub struct Journal {
    begun: Instant,
}

impl Journal {
    /// The clock runs from here on.
    pub fn begin() -> Self {
        Self { begun: Instant::now() }
    }

    /// One line.
    pub fn say(&self, what: &str) {
        // A reader who has closed the pipe has seen enough: not a reason to stop working.
        let _ = writeln!(io::stdout(), "{:>5} ms  {what}", self.begun.elapsed().as_millis());
    }
}
