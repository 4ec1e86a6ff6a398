//! Timelines: who ran when, for every choice of a few numbers, recorded from the lessons' own code under a virtual clock.

mod fan_out;
mod grid;
mod page;
mod pipeline;
mod rate_limit;
mod worker_pool;

use anyhow::{Result, bail};

use grid::Timeline;

/// Records a timeline.
type Record = fn() -> Result<Timeline>;

const KNOWN: [(&str, Record); 4] = [
    ("worker-pool", worker_pool::record),
    ("fan-out", fan_out::record),
    ("pipeline", pipeline::record),
    ("rate-limit", rate_limit::record),
];

/// The timeline of this name, as a figure in a page.
pub fn figure(name: &str) -> Result<String> {
    let Some((name, record)) = KNOWN.iter().find(|(known, _)| *known == name) else {
        bail!("there is no timeline `{name}`; these are known: {}", KNOWN.map(|(known, _)| known).join(", "));
    };
    page::figure(name, &record()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recording_is_small_enough_for_a_page() {
        for (name, _) in KNOWN {
            let figure = figure(name).expect("it can be recorded");
            assert!(figure.len() < 30_000, "{name}: {} bytes", figure.len());
            assert!(figure.lines().all(|line| !line.trim().is_empty()), "{name}: a blank line would end the figure");
        }
    }
}
