//! Finding the part of a live-lock that repeats.

use crate::trace::{Ending, Step, Story};

/// A repetition is believed when it was seen this often in a row at the end.
const TIMES: usize = 3;
/// Longer periods are not looked for.
const LONGEST: usize = 500;

/// Cuts a live-lock's story after the first round of what repeats for ever.
pub(crate) fn shorten(story: &mut Story) {
    let Ending::Livelocked { repeats_from, .. } = &mut story.ending else { return };
    let Some(period) = period(&story.steps) else { return };
    // The tail repeats; walk back to where it began to.
    let mut begin = story.steps.len() - period;
    while begin > 0 && same(&story.steps[begin - 1], &story.steps[begin - 1 + period]) {
        begin -= 1;
    }
    story.steps.truncate(begin + period);
    *repeats_from = Some(begin);
}

fn period(steps: &[Step]) -> Option<usize> {
    let longest = LONGEST.min(steps.len() / TIMES);
    (1..=longest).find(|&period| {
        let tail = &steps[steps.len() - period * TIMES..];
        (0..tail.len() - period).all(|index| same(&tail[index], &tail[index + period]))
    })
}

fn same(one: &Step, other: &Step) -> bool {
    (one.party, &one.place, &one.operation) == (other.party, &other.place, &other.operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step of the party, told apart by its operation.
    fn steps(operations: &str) -> Vec<Step> {
        let step = |operation: char| Step {
            party: 0,
            place: None,
            operation: operation.to_string(),
            value: None,
            stale: None,
            deviates: false,
        };
        operations.chars().map(step).collect()
    }

    fn shortened(operations: &str) -> (usize, Option<usize>) {
        let ending = Ending::Livelocked { repeats_from: None, waits: Vec::new() };
        let mut story = Story { parties: Vec::new(), steps: steps(operations), ending };
        shorten(&mut story);
        let Ending::Livelocked { repeats_from, .. } = story.ending else { unreachable!("the ending stays") };
        (story.steps.len(), repeats_from)
    }

    #[test]
    fn the_story_ends_after_one_round() {
        assert_eq!(shortened("xyabcabcabc"), (5, Some(2)));
    }

    #[test]
    fn the_shortest_round_counts_wherever_the_limit_cut() {
        assert_eq!(shortened("xababababa"), (3, Some(1)));
    }

    #[test]
    fn what_does_not_repeat_is_told_in_full() {
        assert_eq!(shortened("abcdefghi"), (9, None));
    }
}
