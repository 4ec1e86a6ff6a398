//! Programs of the size of an exercise, right ones, to see how many executions they take.

use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicU8, AtomicU64};
use std::thread::{self, JoinHandle};

/// Every program by its name.
pub const ALL: &[(&str, fn())] = &[
    ("publish, 1 publisher, 1 reader", || publish(1)),
    ("publish, 2 publishers, 1 reader", || publish(2)),
    ("peak gauge, 2 threads", || gauge(2)),
    ("peak gauge, 3 threads", || gauge(3)),
];

/// Two numbers that are published once, by whoever is first.
#[derive(Default)]
struct Published {
    state: AtomicU8,
    low: AtomicU64,
    high: AtomicU64,
}

const EMPTY: u8 = 0;
const TAKEN: u8 = 1;
const READY: u8 = 2;

impl Published {
    fn publish(&self, value: u64) -> bool {
        if self.state.compare_exchange(EMPTY, TAKEN, Relaxed, Relaxed).is_err() {
            return false;
        }
        self.low.store(value, Relaxed);
        self.high.store(value, Relaxed);
        self.state.store(READY, Release);
        true
    }

    fn get(&self) -> Option<(u64, u64)> {
        (self.state.load(Acquire) == READY).then(|| (self.low.load(Relaxed), self.high.load(Relaxed)))
    }
}

fn publish(publishers: u64) {
    let cell = Arc::new(Published::default());
    let start = |value| {
        let cell = cell.clone();
        thread::spawn(move || cell.publish(value))
    };
    let others: Vec<JoinHandle<bool>> = (1..=publishers).map(start).collect();
    if let Some((low, high)) = cell.get() {
        assert_eq!(low, high);
        assert!((1..=publishers).contains(&low));
    }
    let first = others.into_iter().filter_map(|other| other.join().unwrap().then_some(())).count();
    assert_eq!(first, 1);
}

/// How many are inside, and how many ever were at once.
#[derive(Default)]
struct Gauge {
    inside: AtomicU64,
    peak: AtomicU64,
}

struct Inside<'a>(&'a Gauge);

impl Gauge {
    fn enter(&self) -> Inside<'_> {
        let inside = self.inside.fetch_add(1, AcqRel) + 1;
        self.peak.fetch_max(inside, AcqRel);
        Inside(self)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, AcqRel);
    }
}

fn gauge(threads: u64) {
    let gauge = Arc::new(Gauge::default());
    let start = |_| {
        let gauge = gauge.clone();
        thread::spawn(move || drop(gauge.enter()))
    };
    let others: Vec<JoinHandle<()>> = (1..threads).map(start).collect();
    drop(gauge.enter());
    others.into_iter().for_each(|other| other.join().unwrap());
    assert_eq!(gauge.inside.load(Relaxed), 0);
    assert!((1..=threads).contains(&gauge.peak.load(Relaxed)));
}
