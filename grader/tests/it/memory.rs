//! However much a test says, the grader and its cells stay small.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;

use crate::support::processes::{self, until};
use crate::support::{Finished, Home, finish};

/// No grader and no cell may need more than this.
const BOUND: u64 = 64 << 20;

/// The most that any process of a run needed and read.
struct Measured {
    finished: Finished,
    peaks: BTreeMap<u32, u64>,
    read: u64,
}

fn measure(home: &Home, arguments: &[&str]) -> Measured {
    let mut grader = home.grader(arguments).spawn().expect("the grader starts");
    let (mut peaks, mut read) = (BTreeMap::new(), 0);
    until("the grader is done", || {
        for id in processes::cells(grader.id()).into_iter().chain([grader.id()]) {
            peaks.extend(processes::peak_memory(id).map(|peak| (id, peak)));
            read = read.max(processes::bytes_read(id).unwrap_or(0));
        }
        grader.try_wait().expect("the grader can be waited for").is_some()
    });
    Measured { finished: finish(grader), peaks, read }
}

#[test]
fn endless_output_costs_little_memory() {
    let home = Home::fresh();
    home.put_hostile("sync_answer", "endless_output");
    let Measured { finished, peaks, read } = measure(&home, &["check", "sync-answer", "--timeout", "2"]);
    assert_eq!(finished.code, Some(1), "{}{}", finished.out, finished.err);
    assert!(finished.out.contains("not finished when time was up"), "{}", finished.out);
    assert!(read > 2 * BOUND, "only {read} bytes were printed: this proves nothing");
    assert!(peaks.len() > 1 && peaks.values().all(|peak| *peak < BOUND), "peaks of grader and cells: {peaks:?}");
}

#[test]
fn a_message_of_64_mib_costs_little_memory() {
    let home = Home::fresh();
    home.put_unlucky("sync_answer", "panics_at_length");
    let Measured { finished, peaks, .. } = measure(&home, &["check", "sync-answer"]);
    assert_eq!(finished.code, Some(1), "{}", finished.err);
    assert!(finished.out.len() < 1 << 20, "{} bytes were printed", finished.out.len());
    assert!(finished.out.contains("a panic in your code") || finished.out.contains("panic  "), "{}", finished.out);
    assert!(peaks.len() > 1 && peaks.values().all(|peak| *peak < BOUND), "peaks of grader and cells: {peaks:?}");
}
