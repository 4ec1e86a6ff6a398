//! Lesson 2: four ways to ask no more than so many servers at once.

use std::num::NonZeroUsize;

use anyhow::Result;
use lesson_02_fan_out_fan_in::journal::Journal;
use lesson_02_fan_out_fan_in::limits::{in_a_window, in_chunks, in_slots, with_permits};
use lesson_02_fan_out_fan_in::servers::taking;

use super::grid::{Knob, Stretch, Timeline, record as record_grid};

const WORK: [(&str, [u64; 6]); 4] = [
    ("100, 1, 1, 1, 1, 1 ms", [100, 1, 1, 1, 1, 1]),
    ("1, 100, 1, 1, 1, 1 ms", [1, 100, 1, 1, 1, 1]),
    ("60, 50, 40, 30, 20, 10 ms", [60, 50, 40, 30, 20, 10]),
    ("30 ms each", [30; 6]),
];

pub fn record() -> Result<Timeline> {
    let knobs = vec![
        Knob { label: "Way", choices: vec!["chunks", "window", "slots", "permits"], chosen: 0 },
        Knob { label: "Limit", choices: vec!["1", "2", "3", "4", "5", "6"], chosen: 1 },
        Knob { label: "Six servers", choices: WORK.map(|(name, _)| name).to_vec(), chosen: 0 },
    ];
    record_grid("Six servers, and when each of them is asked.", knobs, async |chosen| {
        let journal = Journal::silent();
        let servers = taking(&WORK[chosen[2]].1, &journal);
        let limit = NonZeroUsize::MIN.saturating_add(chosen[1]);
        match chosen[0] {
            0 => in_chunks(servers, limit).await,
            1 => in_a_window(servers, limit).await,
            2 => in_slots(servers, limit).await,
            _ => with_permits(servers, limit).await,
        };
        let mut stretches: Vec<Stretch> = journal
            .stretches()
            .into_iter()
            .map(|it| {
                let to = it.ended.map_or(it.began, |(ended, _)| ended);
                Stretch::new(it.who, String::new(), it.began, to)
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
    fn questions_start_when_the_chapter_says() {
        let timeline = record().expect("it can be recorded");
        let starts =
            |way, work| -> Vec<u64> { timeline.run(&[way, 1, work]).rows.iter().map(|(_, bars)| bars[0].0).collect() };
        assert_eq!(starts(0, 0), [0, 0, 100, 100, 101, 101]);
        assert_eq!(starts(1, 1), [0, 0, 1, 100, 100, 101]);
        assert_eq!(starts(2, 0), [0, 0, 1, 2, 3, 4]);
        assert_eq!(starts(3, 0), [0, 0, 1, 2, 3, 4]);
        assert_eq!([timeline.run(&[0, 1, 0]).total, timeline.run(&[2, 1, 0]).total], [102, 100]);
    }

    #[test]
    fn no_way_exceeds_its_limit() {
        let timeline = record().expect("it can be recorded");
        for way in 0..4 {
            for limit in 0..6 {
                assert_eq!(timeline.run(&[way, limit, 3]).peak, limit + 1, "{way} {limit}");
            }
        }
    }
}
