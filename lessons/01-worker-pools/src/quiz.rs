//! The programs the quiz asks about. Their tests are the proofs of the answers.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;

use tokio::sync::mpsc;

use crate::jobs::Job;

// ANCHOR: results
/// Four workers, one result each.
pub async fn print_results() {
    let (tx, mut rx) = mpsc::channel(16);
    for worker in 1..=4 {
        let tx = tx.clone();
        tokio::spawn(async move { tx.send(format!("result {worker}")).await });
    }
    while let Some(result) = rx.recv().await {
        println!("{result}");
    }
}
// ANCHOR_END: results

#[expect(clippy::while_let_loop, reason = "it would be the same mistake in another form")]
// ANCHOR: matching
/// What each of four threads runs.
pub fn worker(queue: &Mutex<Receiver<Job>>) {
    loop {
        match queue.lock().unwrap().recv() {
            Ok(job) => job(),
            Err(_) => break,
        }
    }
}
// ANCHOR_END: matching

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc as threads;
    use std::thread;
    use std::time::Duration;

    use tokio::runtime::Handle;
    use tokio::time::timeout;

    use super::*;
    use crate::journal::Journal;

    #[tokio::test(start_paused = true)]
    async fn the_printer_never_ends_although_its_workers_have() {
        assert!(timeout(Duration::from_secs(60), print_results()).await.is_err());
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
    }

    #[test]
    fn the_guard_in_the_head_of_a_match_lives_through_the_match() {
        let journal = Journal::silent();
        let (jobs, queue) = threads::channel::<Job>();
        for id in 0..16 {
            let journal = journal.clone();
            let job = move || {
                let _working = journal.begin(id, "a job");
                thread::yield_now();
            };
            jobs.send(Box::new(job)).expect("the queue is open");
        }
        drop(jobs);
        let queue = Arc::new(Mutex::new(queue));
        let workers = [(); 4].map(|()| {
            let queue = queue.clone();
            thread::spawn(move || worker(&queue))
        });
        for worker in workers {
            worker.join().expect("no job panics");
        }
        assert_eq!(journal.stretches().len(), 16);
        assert_eq!(journal.peak(), 1);
    }
}
