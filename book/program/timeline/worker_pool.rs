//! Lesson 1: a pool of tasks that share one queue.

use std::num::NonZeroUsize;

use anyhow::Result;
use lesson_01_worker_pools::images::taking;
use lesson_01_worker_pools::journal::Journal;
use lesson_01_worker_pools::tasks::process_images;

use super::grid::{Knob, Stretch, Timeline, record as record_grid};

/// How long an image takes, by its number from 1, in milliseconds.
type Takes = fn(u64) -> u64;

const WORK: [(&str, Takes); 3] = [
    ("100 ms each", |_| 100),
    ("one of 400 ms, the others 50", |image| if image == 1 { 400 } else { 50 }),
    ("10 ms, 20 ms, 30 ms and so on", |image| 10 * image),
];

pub fn record() -> Result<Timeline> {
    let knobs = vec![
        Knob { label: "Workers", choices: vec!["1", "2", "3", "4", "5", "6"], chosen: 3 },
        Knob { label: "Sixteen images", choices: WORK.map(|(name, _)| name).to_vec(), chosen: 0 },
    ];
    record_grid("A pool of tasks, and when each worker has an image in hand.", knobs, async |chosen| {
        let takes: Vec<u64> = (1..=16).map(WORK[chosen[1]].1).collect();
        let journal = Journal::silent();
        process_images(taking(&takes), NonZeroUsize::MIN.saturating_add(chosen[0]), &journal).await;
        let mut stretches: Vec<Stretch> = journal
            .stretches()
            .into_iter()
            .map(|it| {
                let to = it.ended.unwrap_or(it.began);
                Stretch::new(format!("worker {}", it.worker), it.what.replace(".png", ""), it.began, to)
            })
            .collect();
        stretches.sort_by(|one, other| one.who.cmp(&other.who));
        stretches
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_workers_need_a_quarter_of_the_time() {
        let timeline = record().expect("it can be recorded");
        let [four, one] = [timeline.run(&[3, 0]), timeline.run(&[0, 0])];
        assert_eq!((four.total, four.peak, four.rows.len()), (400, 4, 4));
        assert_eq!((one.total, one.peak), (1600, 1));
    }

    #[test]
    fn nobody_waits_behind_the_slow_image() {
        let timeline = record().expect("it can be recorded");
        // 400 + 15 × 50 ms for two, and the last image ends with nobody idle for longer than it takes.
        assert_eq!(timeline.run(&[1, 1]).total, 600);
    }
}
