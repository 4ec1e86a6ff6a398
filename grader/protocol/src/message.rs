//! Requests to a test process, and its answers.

use interleave_story::trace::Story;
use serde::{Deserialize, Serialize};

use crate::{Picture, Place, Waiting};

/// What a test process prints on standard output when it is started with `--list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// In the order of the source file.
    pub tests: Vec<TestInfo>,
}

/// A hidden test, as it stands in its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestInfo {
    /// A sentence with underscores: `a_panicking_job_does_not_shrink_the_pool`.
    pub name: String,
    /// The sentence of the contract that this test holds the learner to.
    pub promise: String,
    /// Misconceptions this test is there to reject: `M15`.
    pub rejects: Vec<String>,
    /// The heading, in the lesson's chapter, of the section to read.
    pub read: String,
    /// Where the test stands.
    pub place: Place,
}

/// The one line a test process reads from standard input before any code of the learner's runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// The name of the test to run.
    pub test: String,
    /// The file to append [`Envelope`]s to.
    pub channel: String,
    /// To be repeated in every envelope. It guards against accidents, not against malice.
    pub nonce: String,
    /// The wall-clock limit in milliseconds after which the grader ends the process.
    pub deadline_ms: u64,
}

/// One line of the verdict channel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// The nonce of the request.
    pub nonce: String,
    /// The fingerprint of the learner's file this program was built from.
    pub source: String,
    /// What became of the test.
    pub answer: Answer,
    /// What a search through schedules has to say beside the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explored: Option<Explored>,
}

/// How far a search through schedules came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explored {
    /// Schedules that were run, a failing one included.
    pub executions: u64,
    /// Without a failure, how far the claim reaches: `None` is every schedule, `Some(2)` every schedule with up to
    /// two deviations from the simplest.
    pub deviations: Option<u32>,
    /// What happened in the schedule that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Story>,
}

/// What became of a test, as far as the test process itself can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// The body ran to its end and left nothing behind.
    Passed {
        /// What the journal saw; the report does not draw it, the book may.
        picture: Option<Picture>,
    },
    /// A promise was broken, or code panicked.
    Failed {
        /// What the test has to say.
        failure: Failure,
        /// What the journal saw.
        picture: Option<Picture>,
    },
    /// The learner's code ran into `todo!()` or `unimplemented!()`.
    Todo {
        /// Where, unless the panic hook was taken away.
        place: Option<Place>,
    },
    /// The search cannot say anything about this code: it waits or varies in a way the model does not see.
    NotModelled {
        /// In which way, as part of a sentence.
        why: String,
    },
    /// Nothing can ever happen again: everybody waits and no timer is pending.
    Deadlocked {
        /// Who waits where; empty where the platform cannot tell.
        waits: Vec<Waiting>,
        /// What the journal saw.
        picture: Option<Picture>,
    },
    /// Virtual time runs on, somebody keeps looking, nothing gets done.
    Livelocked {
        /// Who waits where; empty where the platform cannot tell.
        waits: Vec<Waiting>,
        /// How often tasks were woken in the last virtual half-minute.
        wakeups: u64,
        /// What the journal saw.
        picture: Option<Picture>,
    },
    /// Not done when time was up: virtual time with timers pending, or the wall clock's deadline.
    TimedOut {
        /// Who waits or runs where; empty where the platform cannot tell.
        waits: Vec<Waiting>,
        /// What the journal saw.
        picture: Option<Picture>,
    },
    /// The body passed, and left tasks or threads behind.
    Leaked {
        /// Tasks still alive.
        tasks: u32,
        /// Threads still alive.
        threads: u32,
        /// Where they are; empty where the platform cannot tell.
        waits: Vec<Waiting>,
        /// What the journal saw.
        picture: Option<Picture>,
    },
}

/// A broken promise in the form the report prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What the contract says for this very case.
    pub expected: String,
    /// What happened instead.
    pub seen: String,
    /// A panic behind the failure, if there was one in the learner's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panic: Option<Panic>,
}

/// A panic as the hook saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// The payload, if it was text.
    pub message: String,
    /// Where it was raised.
    pub place: Place,
    /// The thread it was raised on was not the test's own.
    pub elsewhere: bool,
}
