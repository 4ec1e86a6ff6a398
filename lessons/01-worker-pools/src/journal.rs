//! A journal of who worked on what, and when: a line as it happens, bars at the end.

use std::fmt::{self, Display, Formatter};
use std::io::{self, Write};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

// Tokio's instant follows the paused clock in tests, and is the ordinary one everywhere else.
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

/// One piece of work by one worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The worker's number.
    pub worker: usize,
    /// What it worked on.
    pub what: String,
    /// When it began, counted from the start of the journal.
    pub began: Duration,
    /// When it ended, if it has.
    pub ended: Option<Duration>,
    /// How many were at work when it began, itself included.
    pub at_work: usize,
}

/// Work that is going on; it ends when this value is dropped, by a panic too.
#[must_use = "the work ends when this value is dropped"]
pub struct Working {
    journal: Journal,
    index: usize,
}

impl Journal {
    /// A journal that prints a line whenever work begins or ends.
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

    /// `worker` begins to work on `what`.
    pub fn begin(&self, worker: usize, what: &str) -> Working {
        let mut stretches = self.lock();
        let began = self.0.started.elapsed();
        let at_work = 1 + stretches.iter().filter(|stretch| stretch.ended.is_none()).count();
        self.say(began, worker, "begins", what);
        stretches.push(Stretch { worker, what: what.to_string(), began, ended: None, at_work });
        Working { journal: self.clone(), index: stretches.len() - 1 }
    }

    /// Everything so far, in the order in which it began.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.lock().clone()
    }

    /// The most that were at work at once.
    pub fn peak(&self) -> usize {
        self.lock().iter().map(|stretch| stretch.at_work).max().unwrap_or(0)
    }

    /// From the start of the journal to the end of the last work that has ended.
    pub fn total(&self) -> Duration {
        self.lock().iter().filter_map(|stretch| stretch.ended).max().unwrap_or_default()
    }

    fn say(&self, at: Duration, worker: usize, verb: &str, what: &str) {
        if self.0.aloud {
            // A reader who has closed the pipe has seen enough: not a reason to stop working.
            let _ = writeln!(io::stdout(), "{:>5} ms  worker {worker:<3} {verb:<7} {what}", at.as_millis());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stretch>> {
        // Every change is a single push or assignment: nothing is ever half done.
        self.0.stretches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let mut stretches = self.journal.lock();
        let ended = self.journal.0.started.elapsed();
        let stretch = &mut stretches[self.index];
        stretch.ended = Some(ended);
        self.journal.say(ended, stretch.worker, "is done", &stretch.what);
    }
}

/// One row of bars per worker that worked, and the total.
impl Display for Journal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let stretches = self.stretches();
        let total = self.total();
        let mut workers: Vec<usize> = stretches.iter().map(|stretch| stretch.worker).collect();
        workers.sort_unstable();
        workers.dedup();
        for worker in workers {
            let mut row = String::new();
            for stretch in stretches.iter().filter(|stretch| stretch.worker == worker) {
                let (began, ended) = (column(stretch.began), column(stretch.ended.unwrap_or(total)));
                row.extend(iter::repeat_n(' ', began.saturating_sub(row.chars().count())));
                // The last column stays empty: two bars in a row can be told apart.
                row.extend(iter::repeat_n('█', ended.saturating_sub(began + 1).max(1)));
            }
            writeln!(f, "worker {worker:<3} {row}")?;
        }
        writeln!(f, "{} images in {} ms, at most {} at once", stretches.len(), total.as_millis(), self.peak())
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
    async fn draws_a_row_per_worker_and_says_the_total() {
        let journal = Journal::silent();
        let first = journal.begin(1, "a.png");
        tokio::time::sleep(Duration::from_millis(50)).await;
        let second = journal.begin(2, "b.png");
        tokio::time::sleep(Duration::from_millis(50)).await;
        drop(first);
        let third = journal.begin(1, "c.png");
        tokio::time::sleep(Duration::from_millis(100)).await;
        drop((second, third));

        let drawn = "\
worker 1   ███ ███
worker 2     █████
3 images in 200 ms, at most 2 at once
";
        assert_eq!(journal.to_string(), drawn);
        assert_eq!(journal.peak(), 2);
    }

    #[test]
    fn an_empty_journal_can_be_printed() {
        assert_eq!(Journal::silent().to_string(), "0 images in 0 ms, at most 0 at once\n");
    }

    #[test]
    fn work_that_panics_has_ended() {
        let journal = Journal::silent();
        let writer = journal.clone();
        let panicked = std::thread::spawn(move || {
            let _working = writer.begin(1, "a.png");
            panic!("on purpose");
        });
        assert!(panicked.join().is_err());
        assert!(journal.stretches()[0].ended.is_some());
    }
}
