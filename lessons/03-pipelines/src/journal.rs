//! A journal of who worked on what, and when: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// Who worked on what, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    /// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
    column: Duration,
    stretches: Mutex<Vec<Stretch>>,
}

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Who worked.
    pub who: String,
    /// When it began, counted from the start of the journal.
    pub began: Duration,
    /// When it ended, if it has.
    pub ended: Option<Duration>,
    at_work: usize,
}

/// Work that is going on; it ends when this value is dropped.
#[must_use = "the work ends when this value is dropped"]
pub struct Working {
    journal: Journal,
    index: usize,
}

impl Journal {
    /// A journal that prints a line whenever something happens, and bars with this time for a character.
    pub fn aloud(column: Duration) -> Self {
        Self::new(true, column)
    }

    /// A journal that only remembers.
    pub fn silent() -> Self {
        Self::drawing(Duration::from_millis(10))
    }

    /// A journal that only remembers, and draws bars with this time for a character.
    pub fn drawing(column: Duration) -> Self {
        Self::new(false, column)
    }

    fn new(aloud: bool, column: Duration) -> Self {
        Self(Arc::new(Shared { started: Instant::now(), aloud, column, stretches: Mutex::default() }))
    }

    /// `who` begins to work.
    pub fn begin(&self, who: &str) -> Working {
        let mut stretches = self.lock();
        let began = self.0.started.elapsed();
        let others = stretches.iter().filter(|stretch| stretch.who == who && stretch.ended.is_none()).count();
        stretches.push(Stretch { who: who.to_string(), began, ended: None, at_work: others + 1 });
        Working { journal: self.clone(), index: stretches.len() - 1 }
    }

    /// Says that something happened to `who`.
    pub fn note(&self, who: &str, what: &str) {
        if self.0.aloud {
            // A reader who has closed the pipe has seen enough: not a reason to stop working.
            let _ = writeln!(io::stdout(), "{:>5} ms  {who:<10} {what}", self.0.started.elapsed().as_millis());
        }
    }

    /// Everything so far, in the order in which it began.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.lock().clone()
    }

    /// How often `who` has begun, and how often it has ended.
    pub fn count(&self, who: &str) -> (usize, usize) {
        let stretches = self.lock();
        let of_it = || stretches.iter().filter(|stretch| stretch.who == who);
        (of_it().count(), of_it().filter(|stretch| stretch.ended.is_some()).count())
    }

    /// How often `who` was at work at once, at most.
    pub fn peak(&self, who: &str) -> usize {
        self.lock().iter().filter(|stretch| stretch.who == who).map(|stretch| stretch.at_work).max().unwrap_or(0)
    }

    /// From the start of the journal to the end of the last work that has ended, in milliseconds.
    pub fn total(&self) -> u128 {
        self.lock().iter().filter_map(|stretch| stretch.ended).max().unwrap_or_default().as_millis()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stretch>> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.stretches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The nearest column.
    fn column(&self, at: Duration) -> usize {
        let column = self.0.column;
        usize::try_from((at + column / 2).as_millis() / column.as_millis()).unwrap_or(usize::MAX)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let ended = self.journal.0.started.elapsed();
        self.journal.lock()[self.index].ended = Some(ended);
    }
}

/// One row of bars for everybody who worked, in the order in which they began. Where several pieces of work overlap,
/// their bars flow together.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let stretches = self.lock();
        let last = stretches.iter().filter_map(|stretch| stretch.ended).max().unwrap_or_default();
        let mut everybody: Vec<&str> = Vec::new();
        for stretch in stretches.iter() {
            if !everybody.contains(&stretch.who.as_str()) {
                everybody.push(&stretch.who);
            }
        }
        for who in everybody {
            let mut row = String::new();
            for stretch in stretches.iter().filter(|stretch| stretch.who == who) {
                let (began, ended) = (self.column(stretch.began), self.column(stretch.ended.unwrap_or(last)));
                let drawn = row.chars().count();
                row.extend(iter::repeat_n(' ', began.saturating_sub(drawn)));
                // The last column stays empty: two bars in a row can be told apart.
                let columns = ended.saturating_sub(began + 1).max(1);
                row.extend(iter::repeat_n('█', (began + columns).saturating_sub(drawn.max(began))));
            }
            writeln!(f, "{who:<11}{row}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn draws_a_row_for_everybody() {
        let pass = |milliseconds| tokio::time::sleep(Duration::from_millis(milliseconds));
        let journal = Journal::silent();
        let first = journal.begin("square");
        pass(20).await;
        drop(first);
        let (again, other) = (journal.begin("square"), journal.begin("filter"));
        pass(30).await;
        drop(other);
        let third = journal.begin("square");
        pass(30).await;
        drop((again, third));

        let drawn = "\
square     █ █████
filter       ██
";
        assert_eq!(journal.to_string(), drawn);
        assert_eq!((journal.count("square"), journal.count("filter")), ((3, 3), (1, 1)));
        assert_eq!((journal.peak("square"), journal.peak("filter"), journal.total()), (2, 1, 80));
    }

    #[test]
    fn an_empty_journal_can_be_printed() {
        assert_eq!(Journal::silent().to_string(), "");
    }
}
