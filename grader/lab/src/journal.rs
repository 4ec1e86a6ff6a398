//! Who ran when (T4, T8), and the picture of it.
//!
//! Under the paused clock the axis is virtual milliseconds; elsewhere it is the order of events, because real
//! times would be luck.

mod draw;
mod expectations;

use std::fmt::Display;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use protocol::Picture;

use crate::clock;

/// The journal that is drawn when a test ends badly: the latest made.
static LATEST: Mutex<Option<Journal>> = Mutex::new(None);

/// A record of stretches of work. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Mutex<Vec<Entry>>>);

/// One stretch of work, as recorded.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) label: String,
    pub(crate) start: u64,
    pub(crate) end: Option<u64>,
    pub(crate) cancelled: bool,
    /// How many were going on, this one included, when it began.
    pub(crate) running: usize,
    /// Position among the ends, for "who finished first".
    pub(crate) ended_as: Option<usize>,
}

/// A stretch of work that is going on; it ends when this value is dropped.
#[must_use = "the stretch ends when this value is dropped"]
pub struct Span {
    journal: Journal,
    index: usize,
    cancelled: bool,
}

impl Journal {
    /// An empty journal. The latest one made in a test is the one the report draws.
    #[expect(clippy::new_without_default, reason = "making one has an effect: it becomes the latest")]
    pub fn new() -> Self {
        let journal = Self(Arc::default());
        *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = Some(journal.clone());
        journal
    }

    /// A stretch of work begins.
    pub fn begin(&self, label: impl Display) -> Span {
        let mut entries = self.entries();
        let running = entries.iter().filter(|entry| entry.end.is_none()).count() + 1;
        let label = label.to_string();
        entries.push(Entry { label, start: clock::tick(), end: None, cancelled: false, running, ended_as: None });
        Span { journal: self.clone(), index: entries.len() - 1, cancelled: false }
    }

    /// `future` as a stretch of work; dropped before its end, it counts as cancelled. It begins at the first poll.
    pub fn during<F>(&self, label: impl Display, future: F) -> BoxFuture<'static, F::Output>
    where
        F: Future + Send + 'static,
    {
        let journal = self.clone();
        let label = label.to_string();
        Box::pin(async move {
            let mut span = journal.begin(label);
            span.cancelled = true;
            let output = future.await;
            span.cancelled = false;
            output
        })
    }

    /// A stretch of work that takes `duration` of virtual time. It begins at the first poll.
    pub fn work(&self, label: impl Display, duration: Duration) -> BoxFuture<'static, ()> {
        // `sleep` looks at the clock when it is made; the work begins when it is polled.
        self.during(label, async move { tokio::time::sleep(duration).await })
    }

    /// How many stretches are going on.
    pub fn running(&self) -> usize {
        self.entries().iter().filter(|entry| entry.end.is_none()).count()
    }

    /// The most that were going on at once.
    pub fn peak(&self) -> usize {
        self.entries().iter().map(|entry| entry.running).max().unwrap_or(0)
    }

    /// The labels in the order in which they began.
    pub fn begun(&self) -> Vec<String> {
        self.entries().iter().map(|entry| entry.label.clone()).collect()
    }

    /// The labels of those that ran to their end, in the order in which they ended.
    pub fn finished(&self) -> Vec<String> {
        let entries = self.entries();
        let mut ended: Vec<&Entry> = entries.iter().filter(|entry| entry.end.is_some() && !entry.cancelled).collect();
        ended.sort_by_key(|entry| entry.ended_as);
        ended.into_iter().map(|entry| entry.label.clone()).collect()
    }

    /// How many were dropped before their end.
    pub fn cancelled(&self) -> usize {
        self.entries().iter().filter(|entry| entry.cancelled).count()
    }

    /// Where the first stretch of this label began: virtual milliseconds under the paused clock.
    pub fn began_at(&self, label: impl Display) -> Option<u64> {
        let label = label.to_string();
        self.entries().iter().find(|entry| entry.label == label).map(|entry| entry.start)
    }

    /// The journal as bars over time; `None` if nothing was recorded.
    pub fn picture(&self) -> Option<Picture> {
        draw::picture(&self.entries(), None)
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let end = clock::tick();
        let mut entries = self.journal.entries();
        let ended_as = entries.iter().filter(|entry| entry.ended_as.is_some()).count();
        let entry = &mut entries[self.index];
        (entry.end, entry.cancelled, entry.ended_as) = (Some(end), self.cancelled, Some(ended_as));
    }
}

/// The picture of the latest journal.
pub(crate) fn latest_picture() -> Option<Picture> {
    let journal = LATEST.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
    journal.picture()
}
