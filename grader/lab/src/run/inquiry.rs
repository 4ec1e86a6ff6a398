//! The sentinel's question to the test's runtime: where do your tasks wait?
//!
//! Threads can be looked at from outside, tasks cannot: a runtime's idle thread sits in the same call whatever
//! its tasks wait for. A runtime that still turns answers itself, and the process ends. One whose thread is
//! blocked does not hear the question; then where that thread is says all there is to say.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use protocol::{Answer, Picture, Waiting};
use tokio::sync::Notify;

/// How a test hangs, in the eyes of the sentinel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hang {
    /// Everybody waits for ever.
    Deadlock,
    /// The grader's deadline has come.
    OutOfTime,
}

/// A runtime that turns hears the question within this time, also on a busy machine.
const HEARING: Duration = Duration::from_millis(100);

static QUESTION: OnceLock<Hang> = OnceLock::new();
static ASKED: Notify = Notify::const_new();
static LISTENS: AtomicBool = AtomicBool::new(false);
static HEARD: AtomicBool = AtomicBool::new(false);

impl Hang {
    /// The answer, if there is nothing more to say.
    pub fn answer(self, waits: Vec<Waiting>, picture: Option<Picture>) -> Answer {
        match self {
            Self::Deadlock => Answer::Deadlocked { waits, picture },
            Self::OutOfTime => Answer::TimedOut { waits, picture },
        }
    }
}

/// Asks the runtime, if one listens. Returns only if it does not hear, or has not answered when `patience` ends.
pub fn ask(hang: Hang, patience: Duration) {
    if !LISTENS.load(Ordering::Acquire) || QUESTION.set(hang).is_err() {
        return;
    }
    ASKED.notify_one();
    thread::sleep(HEARING.min(patience));
    if HEARD.load(Ordering::Acquire) {
        thread::sleep(patience.saturating_sub(HEARING));
    }
}

/// Completes when the sentinel asks. Whoever awaits this is expected to end the process.
pub async fn asked() -> Hang {
    LISTENS.store(true, Ordering::Release);
    ASKED.notified().await;
    HEARD.store(true, Ordering::Release);
    *QUESTION.get().expect("the question is put before anybody is notified")
}
