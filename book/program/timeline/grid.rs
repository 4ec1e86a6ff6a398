//! A grid of recordings: one for every combination of choices.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;

/// Everything that can be chosen, and what was recorded for it.
#[derive(Debug, Serialize)]
pub struct Timeline {
    #[serde(skip)]
    pub title: &'static str,
    #[serde(skip)]
    pub knobs: Vec<Knob>,
    /// How many choices each knob has; the last one turns fastest in `runs`.
    choices: Vec<usize>,
    /// One for each combination.
    pub runs: Vec<Run>,
}

/// Something to choose.
#[derive(Debug)]
pub struct Knob {
    pub label: &'static str,
    pub choices: Vec<&'static str>,
    /// The choice at the beginning.
    pub chosen: usize,
}

/// Something that somebody did, or waited for, for some time. Times are in milliseconds.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub who: String,
    pub what: String,
    pub from: u64,
    pub to: u64,
    pub waits: bool,
}

impl Stretch {
    /// Somebody worked from then till then, as counted from the beginning.
    pub fn new(who: String, what: String, from: Duration, to: Duration) -> Self {
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Self { who, what, from: ms(from), to: ms(to), waits: false }
    }
}

/// What was recorded for one combination.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// What fills the width of the picture. The same for all runs with the same work, so that a longer run is longer.
    pub scale: u64,
    pub total: u64,
    /// The most that were at work at once.
    pub peak: usize,
    pub rows: Vec<(String, Vec<Bar>)>,
}

/// From, to, at what, and whether it was waiting only.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Bar(pub u64, pub u64, pub String, pub bool);

/// Records every combination under a clock of its own, which moves only when everybody waits. The last knob is the one
/// that says what work there is.
pub fn record(title: &'static str, knobs: Vec<Knob>, run: impl AsyncFn(&[usize]) -> Vec<Stretch>) -> Result<Timeline> {
    let choices: Vec<usize> = knobs.iter().map(|knob| knob.choices.len()).collect();
    let mut runs = Vec::new();
    for index in 0..choices.iter().product() {
        let clock = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        let clock = clock.context("cannot start tokio")?;
        runs.push(Run::of(&clock.block_on(run(&combination(&choices, index)))));
    }
    let works = choices.last().copied().unwrap_or(1);
    for work in 0..works {
        let scale = runs.iter().skip(work).step_by(works).map(|run| run.total).max().unwrap_or(1);
        runs.iter_mut().skip(work).step_by(works).for_each(|run| run.scale = scale);
    }
    Ok(Timeline { title, knobs, choices, runs })
}

/// The choices at this place of the grid.
fn combination(choices: &[usize], mut index: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = choices
        .iter()
        .rev()
        .map(|&choices| {
            let choice = index % choices;
            index /= choices;
            choice
        })
        .collect();
    chosen.reverse();
    chosen
}

impl Timeline {
    /// The run with these choices.
    pub fn run(&self, chosen: &[usize]) -> &Run {
        let index = chosen.iter().zip(&self.choices).fold(0, |index, (choice, choices)| index * choices + choice);
        &self.runs[index]
    }

    /// The run that is shown first.
    pub fn first(&self) -> &Run {
        self.run(&self.knobs.iter().map(|knob| knob.chosen).collect::<Vec<_>>())
    }
}

impl Run {
    /// Rows come in the order in which their names do.
    fn of(stretches: &[Stretch]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for stretch in stretches {
            if !names.contains(&stretch.who.as_str()) {
                names.push(&stretch.who);
            }
        }
        let mut rows = Vec::new();
        for who in names {
            let mut own: Vec<_> = stretches.iter().filter(|stretch| stretch.who == who).collect();
            own.sort_by_key(|stretch| stretch.from);
            rows.extend(lanes(who, &own));
        }
        let at_work = |at| stretches.iter().filter(|it| !it.waits && (it.from..it.to).contains(&at)).count();
        let peak = stretches.iter().map(|stretch| at_work(stretch.from)).max().unwrap_or(0);
        let total = stretches.iter().map(|stretch| stretch.to).max().unwrap_or(0);
        Self { scale: total, total, peak, rows }
    }
}

/// One row for each thing that somebody did at once.
fn lanes(who: &str, stretches: &[&Stretch]) -> Vec<(String, Vec<Bar>)> {
    let mut lanes: Vec<Vec<Bar>> = Vec::new();
    for stretch in stretches {
        let is_free = |lane: &&mut Vec<Bar>| lane.last().is_none_or(|last| last.1 <= stretch.from);
        let bar = Bar(stretch.from, stretch.to, stretch.what.clone(), stretch.waits);
        match lanes.iter_mut().find(is_free) {
            Some(lane) => lane.push(bar),
            None => lanes.push(vec![bar]),
        }
    }
    let named = |(index, lane)| (if index == 0 { who.to_owned() } else { format!("{who} ({})", index + 1) }, lane);
    lanes.into_iter().enumerate().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(who: &str, from: u64, to: u64) -> Stretch {
        Stretch { who: who.to_owned(), what: String::new(), from, to, waits: false }
    }

    #[test]
    fn every_combination_has_its_place() {
        let knob = |choices| Knob { label: "", choices, chosen: 1 };
        let knobs = vec![knob(vec!["a", "b", "c"]), knob(vec!["d", "e"])];
        let chosen = async |chosen: &[usize]| vec![stretch("who", 0, 10 * chosen[0] as u64 + chosen[1] as u64)];
        let timeline = record("", knobs, chosen).expect("a clock");
        assert_eq!(timeline.run(&[2, 1]).total, 21);
        assert_eq!(timeline.run(&[0, 1]).total, 1);
        assert_eq!(timeline.run(&[0, 1]).scale, 21);
        assert_eq!(timeline.run(&[0, 0]).scale, 20);
        assert_eq!(timeline.first().total, 11);
    }

    #[test]
    fn what_overlaps_gets_rows_of_its_own() {
        let run = Run::of(&[stretch("b", 0, 10), stretch("b", 5, 15), stretch("a", 15, 20), stretch("b", 10, 12)]);
        let names: Vec<&str> = run.rows.iter().map(|(who, _)| who.as_str()).collect();
        assert_eq!(names, ["b", "b (2)", "a"]);
        assert_eq!((run.peak, run.total), (2, 20));
    }
}
