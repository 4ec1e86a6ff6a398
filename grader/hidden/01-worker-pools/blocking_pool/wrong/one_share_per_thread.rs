//! caught by: the_next_call_begins_when_one_has_ended (failed)
//! idea: With n threads each gets an equal share of the items.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::spawn_blocking;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let stop = SetOnDrop(Arc::default());
    let share = items.len().div_ceil(limit.get());
    let mut items = items.into_iter();
    let mut threads = Vec::new();
    for _ in 0..limit.get() {
        let share: Vec<T> = items.by_ref().take(share).collect();
        let (f, stopped) = (f.clone(), stop.0.clone());
        threads.push(spawn_blocking(move || {
            let items = share.into_iter().take_while(|_| !stopped.load(Ordering::SeqCst));
            items.map(|item| catch_unwind(AssertUnwindSafe(|| f(item)))).collect::<Vec<_>>()
        }));
    }
    let mut results = Vec::new();
    for thread in threads {
        for outcome in thread.await.unwrap() {
            results.push(outcome.map_err(|payload| Panicked(message(payload))));
        }
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}

struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
