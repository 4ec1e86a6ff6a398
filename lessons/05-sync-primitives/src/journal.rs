//! A journal of who waited and who worked, and when: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock in tests, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
const COLUMN: Duration = Duration::from_millis(25);

/// Who waited and who worked, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    stretches: Mutex<Vec<Stretch>>,
}

struct Stretch {
    who: String,
    works: bool,
    began: Duration,
    ended: Option<Duration>,
    /// How many were at work when it began, itself included.
    at_work: usize,
}

/// Waiting or work that is going on; it ends when this value is dropped, by a panic too.
#[must_use = "the stretch ends when this value is dropped"]
pub struct Going {
    journal: Journal,
    index: usize,
}

impl Journal {
    /// A journal that prints a line for whatever happens.
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

    /// `who` begins to wait.
    pub fn waits(&self, who: &str) -> Going {
        self.begin(who, false)
    }

    /// `who` begins to work; `does` says at what.
    pub fn works(&self, who: &str, does: &str) -> Going {
        self.note(who, does);
        self.begin(who, true)
    }

    /// Says that something happened to `who`.
    pub fn note(&self, who: &str, what: &str) {
        if self.0.aloud {
            let at = self.0.started.elapsed().as_millis();
            // A reader who has closed the pipe has seen enough: not a reason to stop working.
            let _ = writeln!(io::stdout(), "{at:>5} ms  {who:<10} {what}");
        }
    }

    /// The most that were at work at once.
    pub fn peak(&self) -> usize {
        self.lock().iter().map(|stretch| stretch.at_work).max().unwrap_or(0)
    }

    /// How many pieces of work there were.
    pub fn count(&self) -> usize {
        self.lock().iter().filter(|stretch| stretch.works).count()
    }

    /// From the start of the journal to the end of the last stretch that has ended.
    pub fn total(&self) -> Duration {
        self.lock().iter().filter_map(|stretch| stretch.ended).max().unwrap_or_default()
    }

    fn begin(&self, who: &str, works: bool) -> Going {
        let mut stretches = self.lock();
        let began = self.0.started.elapsed();
        let others = stretches.iter().filter(|stretch| stretch.works && stretch.ended.is_none()).count();
        let at_work = if works { others + 1 } else { 0 };
        stretches.push(Stretch { who: who.to_string(), works, began, ended: None, at_work });
        Going { journal: self.clone(), index: stretches.len() - 1 }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stretch>> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.stretches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        let mut stretches = self.journal.lock();
        stretches[self.index].ended = Some(self.journal.0.started.elapsed());
    }
}

/// One row of bars for everybody who waited or worked.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let total = self.total();
        let stretches = self.lock();
        let mut everybody: Vec<&str> = stretches.iter().map(|stretch| stretch.who.as_str()).collect();
        everybody.sort_unstable();
        everybody.dedup();
        for who in everybody {
            let mut row = String::new();
            let mut its_own = stretches.iter().filter(|stretch| stretch.who == who).peekable();
            while let Some(stretch) = its_own.next() {
                let (began, ended) = (column(stretch.began), column(stretch.ended.unwrap_or(total)));
                let drawn = row.chars().count();
                row.extend(iter::repeat_n(' ', began.saturating_sub(drawn)));
                let columns = ended.saturating_sub(began.max(drawn));
                if stretch.works {
                    // The last column stays empty: two bars in a row can be told apart.
                    row.extend(iter::repeat_n('█', columns.saturating_sub(1).max(1)));
                } else if columns == 0 && its_own.peek().is_none() {
                    // Nobody had to wait, but somebody was here.
                    row.push('·');
                } else {
                    row.extend(iter::repeat_n('░', columns));
                }
            }
            writeln!(f, "{who:<11}{row}")?;
        }
        Ok(())
    }
}

/// The nearest column.
fn column(at: Duration) -> usize {
    usize::try_from((at + COLUMN / 2).as_millis() / COLUMN.as_millis()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pass(milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn draws_a_row_for_everybody_waiting_and_working() {
        let journal = Journal::silent();
        let first = journal.works("visitor 1", "asks");
        let waiting = journal.waits("visitor 2");
        pass(100).await;
        drop((first, waiting));
        let second = journal.works("visitor 2", "asks");
        pass(100).await;
        drop(second);
        let third = journal.works("visitor 2", "asks");
        pass(50).await;
        drop(third);
        drop(journal.waits("visitor 3"));

        let drawn = "\
visitor 1  ███
visitor 2  ░░░░███ █
visitor 3            ·
";
        assert_eq!(journal.to_string(), drawn);
        assert_eq!((journal.count(), journal.peak()), (3, 1));
        assert_eq!(journal.total(), Duration::from_millis(250));
    }

    #[test]
    fn an_empty_journal_can_be_printed() {
        assert_eq!(Journal::silent().to_string(), "");
    }

    #[test]
    fn work_that_panics_has_ended() {
        let journal = Journal::silent();
        let writer = journal.clone();
        let panicked = std::thread::spawn(move || {
            let _working = writer.works("visitor 1", "asks");
            panic!("on purpose");
        });
        assert!(panicked.join().is_err());
        assert!(journal.lock()[0].ended.is_some());
    }
}
