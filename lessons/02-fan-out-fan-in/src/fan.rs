//! Fan-out and fan-in, in threads.

use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

// ANCHOR: next
/// The next item; `None` when the input is closed and drained.
fn next<T>(input: &Mutex<Receiver<T>>) -> Option<T> {
    input.lock().expect("nobody panics while receiving").recv().ok()
}
// ANCHOR_END: next

// ANCHOR: fan_out
/// Shares out the input among `workers` threads. Each has an output of its own.
pub fn fan_out<T: Send + 'static, R: Send + 'static>(
    input: Receiver<T>,
    workers: NonZeroUsize,
    work: impl Fn(usize, T) -> R + Clone + Send + 'static,
) -> Vec<Receiver<R>> {
    // own the ends: all workers share the input, and it goes with the last of them
    let input = Arc::new(Mutex::new(input));
    let start = |worker| {
        // bound: no places, so each worker holds one result until somebody takes it
        let (output, results) = mpsc::sync_channel(0);
        let (input, work) = (input.clone(), work.clone());
        thread::spawn(move || {
            while let Some(item) = next(&input) {
                // stop: nobody reads any more
                if output.send(work(worker, item)).is_err() {
                    return;
                }
            }
        });
        results
    };
    (1..=workers.get()).map(start).collect()
}
// ANCHOR_END: fan_out

// ANCHOR: fan_in
/// Merges all inputs into one.
pub fn fan_in<T: Send + 'static>(inputs: Vec<Receiver<T>>) -> Receiver<T> {
    let (output, merged) = mpsc::sync_channel(0);
    for input in inputs {
        // own the ends: each forwarder has one input and a sender of its own
        let output = output.clone();
        thread::spawn(move || {
            for item in input {
                if output.send(item).is_err() {
                    return;
                }
            }
        });
    }
    // stop: our sender goes here, and the forwarders' with their inputs
    merged
}
// ANCHOR_END: fan_in

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;
    use crate::testing::count;

    fn numbers(last: u64) -> Receiver<u64> {
        let (output, numbers) = mpsc::channel();
        (1..=last).for_each(|number| output.send(number).expect("we have the receiver"));
        numbers
    }

    #[test]
    fn what_was_fanned_out_comes_in_again_once() {
        let squares = fan_in(fan_out(numbers(20), count(3), |_, number| number * number));
        let mut squares: Vec<u64> = squares.into_iter().collect();
        squares.sort_unstable();
        assert_eq!(squares, (1..=20).map(|number| number * number).collect::<Vec<_>>());
    }

    #[test]
    fn as_many_are_at_work_as_there_are_workers() {
        // Six pass in two groups of three, or nobody passes at all.
        let three_together = Arc::new(Barrier::new(3));
        let meet = move |_, number| {
            three_together.wait();
            number
        };
        assert_eq!(fan_in(fan_out(numbers(6), count(3), meet)).into_iter().count(), 6);
    }

    #[test]
    fn no_inputs_close_the_output_at_once() {
        assert!(fan_in::<u64>(vec![]).recv().is_err());
    }

    #[test]
    fn a_worker_that_panics_takes_its_item_along_and_the_output_closes_all_the_same() {
        let work = |_, number| if number == 3 { panic!("on purpose") } else { number };
        let mut numbers: Vec<u64> = fan_in(fan_out(numbers(6), count(2), work)).into_iter().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 4, 5, 6]);
    }

    #[test]
    fn workers_end_when_nobody_reads() {
        let (output, input) = mpsc::sync_channel(0);
        drop(fan_in(fan_out(input, count(2), |_, number: u64| number)));
        // Every send reaches a worker, until the last of them has found out.
        while output.send(1).is_ok() {}
    }
}
