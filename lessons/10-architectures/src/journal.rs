//! A journal of what went on, and when: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock in tests, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
const COLUMN: Duration = Duration::from_millis(25);

/// What went on, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    stretches: Mutex<Vec<Stretch>>,
}

struct Stretch {
    who: String,
    began: Duration,
    ended: Option<Duration>,
    /// How many were at work when it began, itself included.
    at_work: usize,
}

/// Work that is going on; it ends when this value is dropped, by a panic too.
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

    /// `who` begins to work; `does` says at what.
    pub fn works(&self, who: &str, does: &str) -> Going {
        let mut stretches = self.lock();
        let began = self.0.started.elapsed();
        if self.0.aloud {
            // A reader who has closed the pipe has seen enough: not a reason to stop working.
            let _ = writeln!(io::stdout(), "{:>5} ms  {who:<10} {does}", began.as_millis());
        }
        let others = stretches.iter().filter(|stretch| stretch.ended.is_none()).count();
        stretches.push(Stretch { who: who.to_string(), began, ended: None, at_work: others + 1 });
        Going { journal: self.clone(), index: stretches.len() - 1 }
    }

    /// The most that were at work at once.
    pub fn peak(&self) -> usize {
        self.lock().iter().map(|stretch| stretch.at_work).max().unwrap_or(0)
    }

    /// How many pieces of work there were.
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    /// From the start of the journal to the end of the last stretch that has ended.
    pub fn total(&self) -> Duration {
        self.lock().iter().filter_map(|stretch| stretch.ended).max().unwrap_or_default()
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

/// One row of bars for everybody who worked.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let total = self.total();
        let stretches = self.lock();
        let mut everybody: Vec<&str> = stretches.iter().map(|stretch| stretch.who.as_str()).collect();
        everybody.sort_unstable();
        everybody.dedup();
        for who in everybody {
            let mut row = String::new();
            for stretch in stretches.iter().filter(|stretch| stretch.who == who) {
                let (began, ended) = (column(stretch.began), column(stretch.ended.unwrap_or(total)));
                let drawn = row.chars().count();
                row.extend(iter::repeat_n(' ', began.saturating_sub(drawn)));
                let columns = ended.saturating_sub(began.max(drawn));
                // The last column stays empty: two bars in a row can be told apart.
                row.extend(iter::repeat_n('█', columns.saturating_sub(1).max(1)));
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
    async fn draws_a_row_for_everybody_at_work() {
        let journal = Journal::silent();
        let (first, second) = (journal.works("left", "is entered"), journal.works("right", "is entered"));
        pass(100).await;
        drop(first);
        pass(50).await;
        drop(second);
        let third = journal.works("left", "is entered");
        pass(50).await;
        drop(third);

        assert_eq!(journal.to_string(), "left       ███   █\nright      █████\n");
        assert_eq!((journal.count(), journal.peak()), (3, 2));
        assert_eq!(journal.total(), Duration::from_millis(200));
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
            let _working = writer.works("left", "is entered");
            panic!("on purpose");
        });
        assert!(panicked.join().is_err());
        assert!(journal.lock()[0].ended.is_some());
    }
}
