//! caught by: everybody_who_waits_is_told (failed)
//! idea: `notify_one` wakes whoever waits.

use std::future::{Future, pending};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use crate::given::CtxError;

#[derive(Clone)]
pub struct Context(Arc<Node>);

struct Node {
    deadline: Option<Instant>,
    state: Mutex<State>,
    ended: Notify,
}

#[derive(Default)]
struct State {
    cause: Option<CtxError>,
    children: Vec<Context>,
}

impl Context {
    pub fn background() -> Self {
        Self(Arc::new(Node { deadline: None, state: Mutex::default(), ended: Notify::new() }))
    }

    pub fn with_cancel(&self) -> Context {
        self.child(self.0.deadline)
    }

    pub fn with_timeout(&self, limit: Duration) -> Context {
        match Instant::now().checked_add(limit) {
            Some(at) => self.with_deadline(at),
            None => self.with_cancel(),
        }
    }

    pub fn with_deadline(&self, at: Instant) -> Context {
        self.child(Some(self.0.deadline.map_or(at, |other| other.min(at))))
    }

    fn child(&self, deadline: Option<Instant>) -> Context {
        let state = State { cause: self.err(), children: Vec::new() };
        let child = Self(Arc::new(Node { deadline, state: Mutex::new(state), ended: Notify::new() }));
        self.0.state.lock().unwrap().children.push(child.clone());
        child
    }

    fn end(&self, cause: CtxError) {
        if self.err().is_some() {
            return;
        }
        let children = {
            let mut state = self.0.state.lock().unwrap();
            state.cause = Some(cause);
            state.children.clone()
        };
        self.0.ended.notify_one();
        for child in children {
            child.end(cause);
        }
    }

    pub fn cancel(&self) {
        self.end(CtxError::Cancelled);
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        let mut state = self.0.state.lock().unwrap();
        if state.cause.is_none() && self.0.deadline.is_some_and(|at| at <= Instant::now()) {
            state.cause = Some(CtxError::DeadlineExceeded);
        }
        state.cause
    }

    pub async fn done(&self) -> CtxError {
        loop {
            let ended = self.0.ended.notified();
            if let Some(cause) = self.err() {
                return cause;
            }
            let time_is_up = async {
                match self.0.deadline {
                    Some(at) => sleep_until(at).await,
                    None => pending().await,
                }
            };
            select! {
                () = ended => {}
                () = time_is_up => {}
            }
        }
    }

    pub async fn run<F: Future>(&self, fut: F) -> Result<F::Output, CtxError> {
        if let Some(cause) = self.err() {
            return Err(cause);
        }
        select! {
            biased;
            cause = self.done() => Err(cause),
            output = fut => Ok(output),
        }
    }
}
