//! Lesson 3: three stages, the second of which can be wide.

use std::num::NonZeroUsize;

use anyhow::Result;
use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::numbers::one_loop;
use lesson_03_pipelines::step::Steps;
use lesson_03_pipelines::streams::three_stages_one_wide;

use super::grid::{Knob, Stretch, Timeline, record as record_grid};

const WORK: [(&str, [u64; 3]); 4] = [
    ("20, 60, 20 ms", [20, 60, 20]),
    ("60, 20, 20 ms", [60, 20, 20]),
    ("20, 20, 60 ms", [20, 20, 60]),
    ("30, 30, 30 ms", [30, 30, 30]),
];

pub fn record() -> Result<Timeline> {
    let shapes = vec![
        "one loop",
        "three stages",
        "three stages, two squares at once",
        "three stages, three squares at once",
        "three stages, four squares at once",
    ];
    let knobs = vec![
        Knob { label: "Program", choices: shapes, chosen: 1 },
        Knob { label: "Generate, square, filter", choices: WORK.map(|(name, _)| name).to_vec(), chosen: 0 },
    ];
    record_grid("Six numbers on their way, and when each step is at work.", knobs, async |chosen| {
        let journal = Journal::silent();
        let steps = Steps::taking(WORK[chosen[1]].1, &journal);
        match NonZeroUsize::new(chosen[0]) {
            None => one_loop(6, steps).await,
            Some(workers) => three_stages_one_wide(6, steps, workers).await,
        };
        let stretch = |it: lesson_03_pipelines::journal::Stretch| {
            let to = it.ended.unwrap_or(it.began);
            Stretch::new(it.who, String::new(), it.began, to)
        };
        journal.stretches().into_iter().map(stretch).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_take_as_long_as_the_chapter_says() {
        let timeline = record().expect("it can be recorded");
        let totals: Vec<u64> = (0..5).map(|program| timeline.run(&[program, 0]).total).collect();
        assert_eq!(totals, [600, 400, 240, 200, 200]);
        let rows: Vec<&str> = timeline.run(&[3, 0]).rows.iter().map(|(who, _)| who.as_str()).collect();
        assert_eq!(rows, ["generate", "square", "square (2)", "square (3)", "filter"]);
    }

    #[test]
    fn a_wider_stage_is_of_no_use_where_another_is_slower() {
        let timeline = record().expect("it can be recorded");
        for work in [1, 2] {
            assert_eq!(timeline.run(&[1, work]).total, timeline.run(&[4, work]).total);
        }
    }
}
