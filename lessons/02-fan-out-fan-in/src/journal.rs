//! A journal of who worked on what, and when: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock, and is the ordinary one everywhere else.
use tokio::time::Instant;

/// What one character of a bar stands for. The scale is fixed, so that a longer run draws longer.
const COLUMN: Duration = Duration::from_millis(25);

/// Who worked on what, and when. Clones are the same journal.
#[derive(Clone)]
pub struct Journal(Arc<Shared>);

struct Shared {
    started: Instant,
    aloud: bool,
    stretches: Mutex<Vec<Stretch>>,
}

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Who worked.
    pub who: String,
    /// When it began, counted from the start of the journal.
    pub began: Duration,
    /// When and how it ended, if it has.
    pub ended: Option<(Duration, End)>,
    /// How many were at work when it began, itself included.
    pub at_work: usize,
}

/// How a piece of work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It came to its end.
    Done,
    /// It was dropped before.
    Dropped,
}

/// Work that is going on. It is done when somebody says so, and otherwise given up when this value is dropped.
#[must_use = "the work is given up when this value is dropped"]
pub struct Working {
    journal: Journal,
    index: usize,
    end: End,
}

impl Journal {
    /// A journal that prints a line whenever something happens.
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
    pub fn begin(&self, who: &str, does: &str) -> Working {
        let mut stretches = self.lock();
        let began = self.0.started.elapsed();
        let at_work = 1 + stretches.iter().filter(|stretch| stretch.ended.is_none()).count();
        self.say(began, who, does);
        stretches.push(Stretch { who: who.to_string(), began, ended: None, at_work });
        Working { journal: self.clone(), index: stretches.len() - 1, end: End::Dropped }
    }

    /// Something happened to `who`.
    pub fn note(&self, who: &str, what: &str) {
        self.say(self.0.started.elapsed(), who, what);
    }

    /// Everything so far, in the order in which it began.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.lock().clone()
    }

    /// When each piece of work began, in milliseconds from the first, in the order of who did it.
    pub fn starts(&self) -> Vec<u128> {
        let mut stretches = self.stretches();
        let first = stretches.iter().map(|stretch| stretch.began).min().unwrap_or_default();
        stretches.sort_by(|one, other| one.who.cmp(&other.who));
        stretches.iter().map(|stretch| (stretch.began - first).as_millis()).collect()
    }

    /// The most that were at work at once.
    pub fn peak(&self) -> usize {
        self.lock().iter().map(|stretch| stretch.at_work).max().unwrap_or(0)
    }

    /// From the start of the journal to the end of the last work that has ended.
    pub fn total(&self) -> Duration {
        self.lock().iter().filter_map(|stretch| Some(stretch.ended?.0)).max().unwrap_or_default()
    }

    fn say(&self, at: Duration, who: &str, what: &str) {
        if self.0.aloud {
            // A reader who has closed the pipe has seen enough: not a reason to stop working.
            let _ = writeln!(io::stdout(), "{:>5} ms  {who:<10} {what}", at.as_millis());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stretch>> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.stretches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Working {
    /// The work has come to its end; `outcome` says to which.
    pub fn done(mut self, outcome: &str) {
        let at = self.journal.0.started.elapsed();
        self.journal.say(at, &self.journal.lock()[self.index].who, outcome);
        self.end = End::Done;
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let mut stretches = self.journal.lock();
        let at = self.journal.0.started.elapsed();
        let stretch = &mut stretches[self.index];
        stretch.ended = Some((at, self.end));
        if self.end == End::Dropped {
            self.journal.say(at, &stretch.who, "is dropped");
        }
    }
}

/// One row of bars for everybody who worked. What was dropped ends with a cross.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (stretches, total) = (self.stretches(), self.total());
        let mut everybody: Vec<&str> = stretches.iter().map(|stretch| stretch.who.as_str()).collect();
        everybody.sort_unstable();
        everybody.dedup();
        for who in everybody {
            let mut row = String::new();
            for stretch in stretches.iter().filter(|stretch| stretch.who == who) {
                let (ended, end) = stretch.ended.unwrap_or((total, End::Done));
                let (began, ended) = (column(stretch.began), column(ended));
                row.extend(iter::repeat_n(' ', began.saturating_sub(row.chars().count())));
                // The last column stays empty, or gets the cross: two bars in a row can be told apart.
                row.extend(iter::repeat_n('█', ended.saturating_sub(began + 1).max(1)));
                if end == End::Dropped {
                    row.push('×');
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

    #[tokio::test(start_paused = true)]
    async fn draws_a_row_for_everybody_and_a_cross_where_work_was_dropped() {
        let journal = Journal::silent();
        let first = journal.begin("server 1", "is asked");
        tokio::time::sleep(Duration::from_millis(50)).await;
        let second = journal.begin("server 2", "is asked");
        tokio::time::sleep(Duration::from_millis(50)).await;
        first.done("answers");
        let again = journal.begin("server 1", "is asked");
        tokio::time::sleep(Duration::from_millis(100)).await;
        again.done("answers");
        drop(second);

        let drawn = "\
server 1   ███ ███
server 2     █████×
";
        assert_eq!(journal.to_string(), drawn);
        assert_eq!((journal.peak(), journal.total()), (2, Duration::from_millis(200)));
        assert_eq!(journal.starts(), [0, 100, 50]);
    }

    #[test]
    fn an_empty_journal_can_be_printed() {
        assert_eq!(Journal::silent().to_string(), "");
        assert!(Journal::silent().starts().is_empty());
    }
}
