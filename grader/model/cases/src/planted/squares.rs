//! c: squares by a pool of workers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Jobs = Arc<Mutex<Receiver<u64>>>;

fn receives_until_the_end(jobs: &Jobs, results: &Sender<u64>) {
    loop {
        let job = jobs.lock().unwrap().recv();
        match job {
            Ok(job) => results.send(job * job).unwrap(),
            Err(_) => return,
        }
    }
}

fn start(workers: usize, results: &Sender<u64>, jobs: &Jobs) -> Vec<JoinHandle<()>> {
    let start_one = |_| {
        let (jobs, results) = (jobs.clone(), results.clone());
        thread::spawn(move || receives_until_the_end(&jobs, &results))
    };
    (0..workers).map(start_one).collect()
}

fn collect(results: Receiver<u64>, workers: Vec<JoinHandle<()>>) -> Vec<u64> {
    let mut squares = Vec::new();
    while let Ok(square) = results.recv() {
        squares.push(square);
    }
    for worker in workers {
        worker.join().unwrap();
    }
    squares.sort_unstable();
    squares
}

fn run(keep_a_sender: bool) {
    let (job_sender, jobs) = mpsc::channel();
    let (result_sender, results) = mpsc::channel();
    let workers = start(2, &result_sender, &Arc::new(Mutex::new(jobs)));
    let kept = keep_a_sender.then(|| result_sender.clone());
    drop(result_sender);
    for job in [1, 2] {
        job_sender.send(job).unwrap();
    }
    drop(job_sender);
    assert_eq!(collect(results, workers), [1, 4]);
    drop(kept);
}

pub(super) fn good() {
    run(false);
}

pub(super) fn bad1() {
    run(true);
}

/// Workers look, and leave when `done` is set. A job that comes between the two looks is lost.
pub(super) fn bad2() {
    let (job_sender, jobs) = mpsc::channel::<u64>();
    let (result_sender, results) = mpsc::channel();
    let (jobs, done) = (Arc::new(Mutex::new(jobs)), Arc::new(AtomicBool::new(false)));
    let start_one = |_| {
        let (jobs, results, done) = (jobs.clone(), result_sender.clone(), done.clone());
        thread::spawn(move || {
            loop {
                let job = jobs.lock().unwrap().try_recv();
                match job {
                    Ok(job) => results.send(job * job).unwrap(),
                    Err(_) if done.load(Ordering::SeqCst) => return,
                    Err(_) => thread::yield_now(),
                }
            }
        })
    };
    let workers = (0..2).map(start_one).collect();
    drop(result_sender);
    for job in [1, 2] {
        job_sender.send(job).unwrap();
    }
    done.store(true, Ordering::SeqCst);
    drop(job_sender);
    assert_eq!(collect(results, workers), [1, 4]);
}
