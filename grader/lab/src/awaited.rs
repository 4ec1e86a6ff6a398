//! What the test itself is waiting for.
//!
//! A test that waits for four calls to be inside a gate waits for ever if the code under test makes them one
//! after the other. The watchdogs look here when nothing can happen any more: an entry turns "hangs" into
//! "expected 4 calls at the same time, seen 1".

use std::sync::{Arc, Mutex, PoisonError};

use protocol::Failure;

use crate::expect::cut;

/// An entry: what is awaited, and a way to say how far it has come.
struct Entry {
    expected: String,
    seen: Box<dyn Fn() -> String + Send>,
}

/// Oldest first.
static ENTRIES: Mutex<Vec<Arc<Mutex<Entry>>>> = Mutex::new(Vec::new());

/// Something is awaited for as long as this value lives.
#[must_use = "the entry ends when this value is dropped"]
pub struct Awaited(Arc<Mutex<Entry>>);

/// Registers that the test waits for `expected`; `seen` is asked when nothing can happen any more.
pub fn awaiting(expected: impl Into<String>, seen: impl Fn() -> String + Send + 'static) -> Awaited {
    let entry = Arc::new(Mutex::new(Entry { expected: expected.into(), seen: Box::new(seen) }));
    ENTRIES.lock().unwrap_or_else(PoisonError::into_inner).push(entry.clone());
    Awaited(entry)
}

/// The latest entry as a broken promise: the innermost wait is the one that explains the hang.
pub(crate) fn as_failure() -> Option<Failure> {
    let latest = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner).last().cloned()?;
    let entry = latest.lock().unwrap_or_else(PoisonError::into_inner);
    Some(Failure { expected: entry.expected.clone(), seen: cut((entry.seen)()), panic: None })
}

impl Drop for Awaited {
    fn drop(&mut self) {
        ENTRIES.lock().unwrap_or_else(PoisonError::into_inner).retain(|entry| !Arc::ptr_eq(entry, &self.0));
    }
}
