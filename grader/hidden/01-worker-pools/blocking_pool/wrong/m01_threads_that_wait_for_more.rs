//! caught by: f_is_dropped_soon_after_the_return (failed)
//! idea: When all results are there, the threads have nothing left to do and end.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use tokio::sync::oneshot;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let (jobs, queue) = mpsc::channel::<(T, oneshot::Sender<_>)>();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..limit.get() {
        let (jobs, queue, f) = (jobs.clone(), queue.clone(), f.clone());
        thread::spawn(move || {
            loop {
                let next = queue.lock().unwrap().recv();
                let Ok((item, reply)) = next else { break };
                // Nobody waits for the result, so there is no need for it.
                if reply.is_closed() {
                    continue;
                }
                let _ = reply.send(catch_unwind(AssertUnwindSafe(|| f(item))));
                let _ = &jobs;
            }
        });
    }
    let replies: Vec<_> = items
        .into_iter()
        .map(|item| {
            let (reply, result) = oneshot::channel();
            let _ = jobs.send((item, reply));
            result
        })
        .collect();
    drop(jobs);
    let mut results = Vec::new();
    for reply in replies {
        results.push(reply.await.unwrap().map_err(|payload| Panicked(message(payload))));
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
