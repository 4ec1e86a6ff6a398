//! Lesson 7: a permit and a turn.

use std::num::NonZeroUsize;

use anyhow::Result;
use lesson_07_rate_limiting::scenes::both_limits;

use super::grid::{Knob, Stretch, Timeline, record as record_grid};

const CALLERS: usize = 8;
/// The length of the span that the quota is about.
const WITHIN: u64 = 500;
const MOST: [(&str, usize); 4] = [("1 in 500 ms", 1), ("2 in 500 ms", 2), ("3 in 500 ms", 3), ("no limit", CALLERS)];
const PERMITS: [(&str, usize); 3] = [("1", 1), ("2", 2), ("no limit", CALLERS)];
const ANSWER: [(&str, u64); 3] = [("after 10 ms", 10), ("after 300 ms", 300), ("after 1000 ms", 1000)];

pub fn record() -> Result<Timeline> {
    let knobs = vec![
        Knob { label: "Quota", choices: MOST.map(|(name, _)| name).to_vec(), chosen: 2 },
        Knob { label: "Permits", choices: PERMITS.map(|(name, _)| name).to_vec(), chosen: 2 },
        Knob { label: "Answers come", choices: ANSWER.map(|(name, _)| name).to_vec(), chosen: 1 },
    ];
    record_grid("Eight requests: light bars wait, dark bars are under way.", knobs, async |chosen| {
        let most = NonZeroUsize::new(MOST[chosen[0]].1).unwrap_or(NonZeroUsize::MIN);
        let journal = both_limits(CALLERS, PERMITS[chosen[1]].1, most, WITHIN, ANSWER[chosen[2]].1).await;
        let mut stretches: Vec<Stretch> = journal
            .all()
            .into_iter()
            .map(|it| {
                let waits = !it.is_served();
                let to = it.ended.unwrap_or(it.began);
                let what = if waits { "waits" } else { "is under way" };
                Stretch { waits, ..Stretch::new(it.who, what.to_owned(), it.began, to) }
            })
            // Who is served at once has not waited.
            .filter(|stretch| stretch.from < stretch.to)
            .collect();
        stretches.sort_by(|one, other| one.who.cmp(&other.who));
        stretches
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_alone_lets_slow_requests_pile_up() {
        let timeline = record().expect("it can be recorded");
        // 3 in 500 ms, no permits, answers after a second.
        assert_eq!(timeline.run(&[2, 2, 2]).peak, 6);
        assert_eq!(timeline.run(&[2, 1, 2]).peak, 2);
    }

    #[test]
    fn no_span_has_more_requests_than_its_quota() {
        let timeline = record().expect("it can be recorded");
        for (quota, (_, most)) in MOST.iter().enumerate() {
            let run = timeline.run(&[quota, 2, 0]);
            let bars = run.rows.iter().flat_map(|(_, bars)| bars);
            let mut sent: Vec<u64> = bars.filter(|bar| !bar.3).map(|bar| bar.0).collect();
            sent.sort_unstable();
            assert_eq!(sent.len(), CALLERS);
            assert!(sent.windows(most + 1).all(|span| span[*most] - span[0] >= WITHIN), "{sent:?}");
        }
    }
}
