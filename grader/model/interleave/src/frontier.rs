//! The schedules still to be run, cheapest first, each exactly once.
//!
//! A schedule that has been run knows how many options each of its decisions had. Its children take another
//! option at a decision behind its last deviation; the i-th alternative costs i. All schedules of cost 0 (there
//! is one), 1, 2, … are run in turn (delay bounding, with the deviations of round-robin as the delays), so that
//! the first failure is a simplest one.

use crate::outcome::Outcome;
use crate::schedule::{Deviation, Schedule};

/// A schedule that was run.
#[derive(Debug)]
struct Node {
    parent: u32,
    /// The last deviation; what comes before is the parent's.
    deviation: Option<Deviation>,
    cost: u32,
    /// How many options the decisions behind the last deviation had.
    options: Box<[u8]>,
    most_options: u8,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Frontier {
    nodes: Vec<Node>,
    ends_are_steps: bool,
    /// The cost whose schedules are being run.
    level: u32,
    /// The parent to look at next, and its decision.
    parent: usize,
    decision: usize,
    /// Schedules of this level handed out.
    handed_out: u64,
}

/// A schedule to run.
#[derive(Debug)]
pub(crate) struct Next {
    pub(crate) schedule: Schedule,
    parent: u32,
    /// What the parent met from this decision on, up to the new deviation.
    from: usize,
    expected: Box<[u8]>,
}

impl Next {
    /// Whether a run met the same options as its parent up to the point where they part.
    pub(crate) fn agrees_with(&self, options: &[u8]) -> bool {
        options.get(self.from..self.from + self.expected.len()) == Some(&*self.expected)
    }
}

impl Frontier {
    pub(crate) fn with_ends_as_steps() -> Self {
        Self { ends_are_steps: true, ..Self::default() }
    }

    /// The next schedule, or `None` when all up to `max_cost` were handed out. Every schedule handed out must
    /// be [added](Self::add) before the next is asked for.
    pub(crate) fn next(&mut self, max_cost: u32) -> Option<Next> {
        if self.nodes.is_empty() {
            let schedule = Schedule { deviations: Vec::new(), ends_are_steps: self.ends_are_steps };
            return Some(Next { schedule, parent: 0, from: 0, expected: Box::default() });
        }
        loop {
            if let Some(next) = self.next_of_level() {
                self.handed_out += 1;
                return Some(next);
            }
            // Alternative i exists only where i - 1 does, so no level behind an empty one has schedules.
            let exhausted = self.level > 0 && self.handed_out == 0;
            if exhausted || self.level >= max_cost {
                return None;
            }
            (self.level, self.parent, self.decision, self.handed_out) = (self.level + 1, 0, 0, 0);
        }
    }

    fn next_of_level(&mut self) -> Option<Next> {
        while let Some(node) = self.nodes.get(self.parent) {
            let alternative = self.level - node.cost;
            let possible = (1..u32::from(node.most_options)).contains(&alternative);
            let open = if possible { &node.options[self.decision..] } else { &[] };
            if let Some(offset) = open.iter().position(|&options| u32::from(options) > alternative) {
                let index = self.decision + offset;
                self.decision = index + 1;
                return Some(self.child(self.parent, index, alternative));
            }
            (self.parent, self.decision) = (self.parent + 1, 0);
        }
        None
    }

    fn child(&self, parent: usize, index: usize, alternative: u32) -> Next {
        let node = &self.nodes[parent];
        let from = node.deviation.map_or(0, |deviation| deviation.decision as usize + 1);
        let mut deviations = vec![Deviation {
            decision: u32::try_from(from + index).expect("fewer decisions than steps"),
            alternative: u8::try_from(alternative).expect("fewer alternatives than options"),
        }];
        let mut ancestor = node;
        while let Some(deviation) = ancestor.deviation {
            deviations.push(deviation);
            ancestor = &self.nodes[ancestor.parent as usize];
        }
        deviations.reverse();
        Next {
            schedule: Schedule { deviations, ends_are_steps: self.ends_are_steps },
            parent: u32::try_from(parent).expect("fewer executions than 2^32"),
            from,
            expected: node.options[..=index].into(),
        }
    }

    /// `next` was run and met these options.
    pub(crate) fn add(&mut self, next: Next, options: &[u8]) {
        let own = &options[(next.from + next.expected.len()).min(options.len())..];
        self.nodes.push(Node {
            parent: next.parent,
            deviation: next.schedule.deviations.last().copied(),
            cost: next.schedule.cost(),
            options: own.into(),
            most_options: own.iter().copied().max().unwrap_or(0),
        });
    }

    /// What the search may claim when there is no next schedule.
    pub(crate) fn when_done(&self, executions: u64) -> Outcome {
        let exhausted = self.level > 0 && self.handed_out == 0 || self.nodes.iter().all(|node| node.most_options < 2);
        if exhausted {
            Outcome::AllChecked { executions }
        } else {
            Outcome::NoneUpTo { deviations: self.level, executions }
        }
    }

    /// What the search may claim when it ends at a limit.
    pub(crate) fn when_cut_short(&self, executions: u64) -> Outcome {
        Outcome::NoneUpTo { deviations: self.level.saturating_sub(1), executions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All schedules of a program whose decisions always have these options, with their costs.
    fn all(options: &[u8]) -> Vec<(u32, Schedule)> {
        let mut frontier = Frontier::default();
        let mut schedules = Vec::new();
        while let Some(next) = frontier.next(u32::MAX) {
            schedules.push((next.schedule.cost(), next.schedule.clone()));
            assert!(next.agrees_with(options));
            frontier.add(next, options);
        }
        schedules
    }

    #[test]
    fn every_combination_of_choices_comes_once() {
        let schedules = all(&[2, 3, 2]);
        assert_eq!(schedules.len(), 12);
        let distinct: std::collections::HashSet<_> = schedules.iter().map(|(_, schedule)| schedule).collect();
        assert_eq!(distinct.len(), 12);
    }

    #[test]
    fn cheaper_schedules_come_first() {
        let costs: Vec<_> = all(&[2, 3, 2]).iter().map(|(cost, _)| *cost).collect();
        assert_eq!(costs, [0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4]);
    }

    #[test]
    fn a_program_without_choices_has_one_schedule() {
        assert_eq!(all(&[]).len(), 1);
    }

    #[test]
    fn a_run_that_meets_other_choices_than_its_parent_is_noticed() {
        let mut frontier = Frontier::default();
        let first = frontier.next(1).expect("the default");
        frontier.add(first, &[2, 2]);
        let second = frontier.next(1).expect("a deviation");
        assert!(second.agrees_with(&[2, 2]));
        assert!(!second.agrees_with(&[3, 2]));
    }
}
