//! The journal as bars over time: who ran when.

use serde::{Deserialize, Serialize};

/// What the horizontal axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Virtual milliseconds since the journal began.
    Milliseconds,
    /// Journal entries: the order of events where real time would be luck.
    Steps,
}

/// Bars over time, one row per job, call or task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The unit of every number in `rows`.
    pub unit: Unit,
    /// Where the axis ends; it begins at 0.
    pub end: u64,
    /// From top to bottom, in order of first appearance.
    pub rows: Vec<Row>,
}

/// One row of a [`Picture`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The name at the left edge: `job 1`.
    pub label: String,
    /// In order of time.
    pub bars: Vec<Bar>,
    /// What is special about this row: `a fourth while three were running`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One stretch of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// When it began.
    pub start: u64,
    /// When it ended; absent if it was still going on at the end.
    pub end: Option<u64>,
    /// It ended because it was dropped, not because it was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}
