//! A journal of what began, what was done, and what was dropped half-way: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
const COLUMN: Duration = Duration::from_millis(25);

/// What happened, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    lines: String,
    stretches: Vec<Stretch>,
}

struct Stretch {
    who: String,
    began: Duration,
    ended: Option<End>,
}

#[derive(Clone, Copy)]
struct End {
    at: Duration,
    done: bool,
}

/// Something that has begun. Unless it is [done](Going::done), dropping it is written down as just that.
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
        Self(Arc::new(Shared { started: Instant::now(), aloud, pages: Mutex::default() }))
    }

    /// Writes down that something happened to `who`.
    pub fn note(&self, who: impl Display, what: impl Display) {
        let line = format!("{:>5} ms  {:<10} {what}\n", self.now().as_millis(), who.to_string());
        if self.0.aloud {
            // A reader who has closed the pipe has seen enough: not a reason to stop.
            let _ = io::stdout().write_all(line.as_bytes());
        }
        self.pages().lines.push_str(&line);
    }

    /// `who` begins.
    pub fn begin(&self, who: impl Display) -> Going {
        self.note(&who, "begins");
        let mut pages = self.pages();
        pages.stretches.push(Stretch { who: who.to_string(), began: self.now(), ended: None });
        Going { journal: self.clone(), index: pages.stretches.len() - 1 }
    }

    /// All lines so far.
    pub fn lines(&self) -> String {
        self.pages().lines.clone()
    }

    /// One row of bars for everybody who has begun. `█` is done, and `✗` is where it was dropped.
    pub fn bars(&self) -> String {
        let pages = self.pages();
        let mut rows: Vec<(&str, String)> = Vec::new();
        for Stretch { who, began, ended } in &pages.stretches {
            let row = match rows.iter().position(|(name, _)| name == who) {
                Some(row) => row,
                None => {
                    rows.push((who, String::new()));
                    rows.len() - 1
                }
            };
            let bar = &mut rows[row].1;
            let (began, until) = (column(*began), column(ended.map_or_else(|| self.now(), |end| end.at)));
            bar.extend(iter::repeat_n(' ', began.saturating_sub(bar.chars().count())));
            // The last column stays empty: two bars in a row can be told apart.
            bar.extend(iter::repeat_n('█', until.saturating_sub(began + 1)));
            bar.push(match ended {
                Some(End { done: false, .. }) => '✗',
                _ => ' ',
            });
        }
        rows.iter().map(|(who, bar)| format!("{who:<10} {}\n", bar.trim_end())).collect()
    }

    /// From the start of the journal.
    pub fn now(&self) -> Duration {
        self.0.started.elapsed()
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Going {
    /// It has come to its end.
    pub fn done(self) {
        self.end(true);
    }

    fn end(&self, done: bool) {
        let mut pages = self.journal.pages();
        let stretch = &mut pages.stretches[self.index];
        if stretch.ended.is_some() {
            return;
        }
        stretch.ended = Some(End { at: self.journal.now(), done });
        let who = stretch.who.clone();
        drop(pages);
        self.journal.note(who, if done { "is done" } else { "is dropped" });
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        self.end(false);
    }
}

/// The lines.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines())
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
    async fn tells_what_is_done_from_what_is_dropped() {
        let journal = Journal::silent();
        let first = journal.begin("piece 1");
        sleep(Duration::from_millis(100)).await;
        first.done();
        let second = journal.begin("piece 2");
        sleep(Duration::from_millis(50)).await;
        drop(second);

        let lines = "    0 ms  piece 1    begins\n  100 ms  piece 1    is done\n";
        assert!(journal.lines().starts_with(lines), "{journal}");
        assert!(journal.lines().ends_with("  150 ms  piece 2    is dropped\n"), "{journal}");
        assert_eq!(journal.bars(), "piece 1    ███\npiece 2        █✗\n");
    }

    #[tokio::test(start_paused = true)]
    async fn a_panic_drops_what_has_begun() {
        let journal = Journal::silent();
        let writer = journal.clone();
        let panicked = tokio::spawn(async move {
            let _going = writer.begin("piece 1");
            panic!("on purpose");
        });
        assert!(panicked.await.is_err());
        assert!(journal.lines().contains("is dropped"));
    }
}
