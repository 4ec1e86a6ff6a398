//! Places in source files, and who is waiting at them.

use serde::{Deserialize, Serialize};

/// A place in a source file, as the compiler counts: lines and columns from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file as the compiler was given it (absolute in the bench).
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1; absent where debug information has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// Who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The hidden test itself: its own future, or the main thread.
    Test,
    /// A spawned task; numbered from 1 in the order of the dump.
    Task(u32),
    /// A thread other than the test's; numbered from 1 in order of creation.
    Thread(u32),
}

/// One party that waits (or, in an endless loop, runs) and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Who.
    pub party: Party,
    /// The innermost place in the learner's file, where there is one.
    pub learner: Option<Place>,
    /// The innermost place in the hidden test, where there is one.
    pub test: Option<Place>,
    /// What is waited on, shortened for people: `mpsc::Receiver::recv`, `Mutex::lock`. Absent for a party that runs.
    pub on: Option<String>,
}
