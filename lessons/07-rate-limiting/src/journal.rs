//! A journal of who waits and who is served: a line as it happens, bars at the end.

use std::fmt::Display;
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock in tests, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
const COLUMN: Duration = Duration::from_millis(25);

/// Who waits and who is served, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    stretches: Mutex<Vec<Stretch>>,
}

/// Something that went on for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Who it happened to.
    pub who: String,
    bar: char,
    /// When it began, counted from the start of the journal.
    pub began: Duration,
    /// When it ended, if it has.
    pub ended: Option<Duration>,
    dropped: bool,
}

impl Stretch {
    /// Whether they were served, and did not wait.
    pub fn is_served(&self) -> bool {
        self.bar == '█'
    }
}

/// Something that goes on. Unless it is [done](Going::done), dropping it is written down as just that.
#[must_use = "it ends when this value is dropped"]
pub struct Going {
    journal: Journal,
    index: usize,
}

impl Journal {
    /// A journal that prints its lines as they are written.
    pub fn aloud() -> Self {
        Self::new(true)
    }

    /// A journal that only remembers.
    pub fn silent() -> Self {
        Self::new(false)
    }

    fn new(aloud: bool) -> Self {
        Self(Arc::new(Shared { started: Instant::now(), aloud, stretches: Mutex::default() }))
    }

    /// Writes down that something happened to `who`.
    pub fn note(&self, who: impl Display, what: impl Display) {
        if self.0.aloud {
            let at = self.0.started.elapsed().as_millis();
            // A reader who has closed the pipe has seen enough: not a reason to stop.
            let _ = writeln!(io::stdout(), "{at:>5} ms  {:<10} {what}", who.to_string());
        }
    }

    /// `who` begins to wait.
    pub fn waits(&self, who: impl Display) -> Going {
        self.begin(who, '░')
    }

    /// `who` begins to be served.
    pub fn served(&self, who: impl Display) -> Going {
        self.begin(who, '█')
    }

    fn begin(&self, who: impl Display, bar: char) -> Going {
        let mut stretches = self.stretches();
        let began = self.0.started.elapsed();
        stretches.push(Stretch { who: who.to_string(), bar, began, ended: None, dropped: false });
        Going { journal: self.clone(), index: stretches.len() - 1 }
    }

    /// Everything so far, in the order in which it began.
    pub fn all(&self) -> Vec<Stretch> {
        self.stretches().clone()
    }

    /// When everybody who was served began to be, in order.
    pub fn served_at(&self) -> Vec<Duration> {
        let stretches = self.stretches();
        let mut times: Vec<_> =
            stretches.iter().filter(|stretch| stretch.is_served()).map(|stretch| stretch.began).collect();
        times.sort();
        times
    }

    /// One row of bars for everybody: `░` waits, `█` is served, and `✗` is where it was dropped.
    pub fn bars(&self) -> String {
        let now = self.0.started.elapsed();
        let mut rows: Vec<(String, String)> = Vec::new();
        for Stretch { who, bar, began, ended, dropped } in self.stretches().iter() {
            let row = match rows.iter().position(|(name, _)| name == who) {
                Some(row) => row,
                None => {
                    rows.push((who.clone(), String::new()));
                    rows.len() - 1
                }
            };
            let drawn = &mut rows[row].1;
            let (began, ended) = (column(*began), column(ended.unwrap_or(now)));
            drawn.extend(iter::repeat_n(' ', began.saturating_sub(drawn.chars().count())));
            let columns = ended.saturating_sub(began.max(drawn.chars().count()));
            drawn.extend(iter::repeat_n(*bar, if *bar == '█' { columns.max(1) } else { columns }));
            if *dropped {
                drawn.push('✗');
            }
        }
        rows.iter().map(|(who, bars)| format!("{who:<10} {bars}\n")).collect()
    }

    fn stretches(&self) -> MutexGuard<'_, Vec<Stretch>> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.stretches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Going {
    /// It has come to its end.
    pub fn done(self) {
        self.end(false);
    }

    fn end(&self, dropped: bool) {
        let mut stretches = self.journal.stretches();
        let stretch = &mut stretches[self.index];
        if stretch.ended.is_some() {
            return;
        }
        stretch.ended = Some(self.journal.0.started.elapsed());
        stretch.dropped = dropped;
        let who = stretch.who.clone();
        drop(stretches);
        if dropped {
            self.journal.note(who, "is dropped");
        }
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        self.end(true);
    }
}

/// The nearest column.
fn column(at: Duration) -> usize {
    usize::try_from((at + COLUMN / 2).as_millis() / COLUMN.as_millis()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn draws_waiting_service_and_where_it_was_dropped() {
        let journal = Journal::silent();
        let first = journal.served("request 1");
        let waiting = journal.waits("request 2");
        sleep(Duration::from_millis(100)).await;
        first.done();
        waiting.done();
        let second = journal.served("request 2");
        sleep(Duration::from_millis(50)).await;
        drop(second);

        assert_eq!(journal.bars(), "request 1  ████\nrequest 2  ░░░░██✗\n");
        assert_eq!(journal.served_at(), [Duration::ZERO, Duration::from_millis(100)]);
    }
}
