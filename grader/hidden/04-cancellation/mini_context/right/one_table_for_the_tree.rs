//! right: the whole tree is one table under a mutex, with one bell that wakes everybody; futures are written by hand.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::given::CtxError;

#[derive(Clone)]
pub struct Context {
    table: Arc<Mutex<Table>>,
    row: usize,
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    wakers: Vec<Waker>,
}

struct Row {
    parent: Option<usize>,
    deadline: Option<Instant>,
    cause: Option<CtxError>,
}

impl Table {
    /// Writes down what is due, from the top to the bottom: a parent always stands above its children.
    fn update(&mut self, cancelled: Option<usize>) {
        let now = Instant::now();
        for row in 0..self.rows.len() {
            let above = self.rows[row].parent.and_then(|parent| self.rows[parent].cause);
            let late = self.rows[row].deadline.is_some_and(|at| at <= now).then_some(CtxError::DeadlineExceeded);
            let asked = (cancelled == Some(row)).then_some(CtxError::Cancelled);
            let own = &mut self.rows[row].cause;
            *own = own.or(above).or(late).or(asked);
        }
    }
}

impl Context {
    pub fn background() -> Self {
        let table = Table { rows: vec![Row { parent: None, deadline: None, cause: None }], wakers: Vec::new() };
        Self { table: Arc::new(Mutex::new(table)), row: 0 }
    }

    pub fn with_cancel(&self) -> Context {
        self.child(self.deadline())
    }

    pub fn with_timeout(&self, limit: Duration) -> Context {
        self.with_deadline(Instant::now() + limit.min(Duration::from_secs(1 << 32)))
    }

    pub fn with_deadline(&self, at: Instant) -> Context {
        self.child(Some(self.deadline().map_or(at, |other| other.min(at))))
    }

    fn child(&self, deadline: Option<Instant>) -> Context {
        let mut table = self.table.lock().unwrap();
        table.rows.push(Row { parent: Some(self.row), deadline, cause: None });
        table.update(None);
        Context { table: self.table.clone(), row: table.rows.len() - 1 }
    }

    pub fn cancel(&self) {
        let wakers = {
            let mut table = self.table.lock().unwrap();
            // First what was due before.
            table.update(None);
            table.update(Some(self.row));
            std::mem::take(&mut table.wakers)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.table.lock().unwrap().rows[self.row].deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        let mut table = self.table.lock().unwrap();
        table.update(None);
        table.rows[self.row].cause
    }

    pub async fn done(&self) -> CtxError {
        let far = Instant::now() + Duration::from_secs(1 << 32);
        let mut time_is_up = pin!(sleep_until(self.deadline().unwrap_or(far)));
        poll_fn(|context| {
            let _ = time_is_up.as_mut().poll(context);
            let mut table = self.table.lock().unwrap();
            table.update(None);
            match table.rows[self.row].cause {
                Some(cause) => Poll::Ready(cause),
                None => {
                    if !table.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                        table.wakers.push(context.waker().clone());
                    }
                    Poll::Pending
                }
            }
        })
        .await
    }

    pub async fn run<F: Future>(&self, fut: F) -> Result<F::Output, CtxError> {
        let (mut done, mut fut) = (pin!(self.done()), pin!(fut));
        poll_fn(|context| match done.as_mut().poll(context) {
            Poll::Ready(cause) => Poll::Ready(Err(cause)),
            Poll::Pending => fut.as_mut().poll(context).map(Ok),
        })
        .await
    }
}
