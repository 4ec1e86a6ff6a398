//! right: threads of its own, not tokio's, that report through a channel; they begin with the last item.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::mpsc;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let count = items.len();
    let stack = Arc::new(Mutex::new(items.into_iter().enumerate().collect::<Vec<_>>()));
    let (f, stopped) = (Arc::new(f), Arc::new(AtomicBool::new(false)));
    let (tell, mut told) = mpsc::unbounded_channel();
    let _stop = SetOnDrop(stopped.clone());
    for _ in 0..limit.get().min(count) {
        let (stack, f, stopped, tell) = (stack.clone(), f.clone(), stopped.clone(), tell.clone());
        thread::spawn(move || {
            while !stopped.load(Ordering::SeqCst) {
                let Some((index, item)) = stack.lock().unwrap().pop() else { return };
                let outcome = catch_unwind(AssertUnwindSafe(|| f(item)));
                let _ = tell.send((index, outcome.map_err(|payload| Panicked(message(payload)))));
            }
        });
    }
    drop(tell);
    let mut results = Vec::with_capacity(count);
    while let Some(result) = told.recv().await {
        results.push(result);
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
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
