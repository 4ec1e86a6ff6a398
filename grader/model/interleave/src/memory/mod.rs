//! What each thread has to know of the stores to atomics, and what it may still miss.
//!
//! Every location keeps its stores in their order, and every thread has a [`View`]: for each location the newest
//! store it must not miss. A load may find that store or a later one. A store carries a view along, and who
//! acquires the store learns what that view knows. This is the part of the C++ memory model in which a load never
//! finds a store that is yet to come, and a new store is the newest.
//!
//! `SeqCst` follows C++20: operations of this order, and fences, happen in the order in which they are run. Such an
//! access misses no store that an earlier one of its kind found or made, nor any that was known at an earlier fence.

pub(crate) mod trail;
mod view;

use std::ops::RangeInclusive;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use trail::Trail;
pub(crate) use view::View;

/// All atomics of one execution.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    locations: Vec<Vec<Store>>,
    /// What was known to those who used a lock, a channel or the like.
    meetings: Vec<View>,
    minds: Vec<Mind>,
    /// What the next `SeqCst` operation must not miss.
    sequential: View,
    /// Stores and `SeqCst` operations so far.
    clock: u64,
    /// The clock after the latest `SeqCst` operation.
    sequential_at: u64,
    /// Kept while a story is told.
    pub(crate) trail: Option<Box<Trail>>,
}

/// One store, for as long as the execution lasts.
#[derive(Debug)]
struct Store {
    value: u64,
    /// What is learnt by acquiring it.
    message: View,
    at: u64,
    /// The index of the store that a read-modify-write found, because it hands on what that one carries.
    continues: Option<usize>,
}

/// What a thread knows.
#[derive(Debug, Clone, Default)]
struct Mind {
    seen: View,
    /// What its loads met without acquiring it; an acquire fence adds it to `seen`.
    pending: View,
    /// What it knew at its latest release fence: what its relaxed stores carry.
    fenced: View,
    /// What is learnt by taking the token of `park`.
    token: View,
    /// The clock when it announced the operation it is in.
    announced_at: u64,
}

fn acquires(order: Ordering) -> bool {
    matches!(order, Acquire | AcqRel | SeqCst)
}

fn releases(order: Ordering) -> bool {
    matches!(order, Release | AcqRel | SeqCst)
}

impl Memory {
    /// Without locations. Where a story is `told`, it can say why a load missed a store.
    pub(crate) fn new(told: bool) -> Self {
        Self { trail: told.then(Box::default), ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.locations.is_empty()
    }

    /// A thread, which knows what `parent` knows.
    pub(crate) fn add_thread(&mut self, parent: usize) {
        let seen = self.minds.get(parent).map(|mind| mind.seen.clone()).unwrap_or_default();
        self.minds.push(Mind { seen, announced_at: self.clock, ..Mind::default() });
        if let Some(trail) = &mut self.trail {
            trail.twin.add_thread(parent);
        }
    }

    /// The thread stands before an operation.
    pub(crate) fn announce(&mut self, me: usize) {
        self.minds[me].announced_at = self.clock;
    }

    /// A location that everybody knows to contain `value`.
    pub(crate) fn add_location(&mut self, value: u64) -> usize {
        self.locations.push(vec![Store { value, message: View::default(), at: 0, continues: None }]);
        if let Some(trail) = &mut self.trail {
            trail.twin.add_location(value);
        }
        self.locations.len() - 1
    }

    pub(crate) fn newest(&self, location: usize) -> usize {
        self.locations[location].len() - 1
    }

    pub(crate) fn value(&self, location: usize, index: usize) -> u64 {
        self.locations[location][index].value
    }

    /// The stores that a load may find.
    ///
    /// Without a `SeqCst` order a load changes nothing that others could see. If the newest store came after the load
    /// was announced, the load might as well have been made at once: schedules in which it was are run anyway, so in
    /// this one it finds the newest.
    pub(crate) fn visible(&self, me: usize, location: usize, order: Ordering) -> RangeInclusive<usize> {
        let (mind, newest) = (&self.minds[me], self.newest(location));
        let is_sequential = order == SeqCst;
        let came_meanwhile = self.locations[location][newest].at > mind.announced_at;
        let can_wait = is_sequential && self.sequential_at > mind.announced_at;
        if came_meanwhile && !can_wait {
            return newest..=newest;
        }
        let floor = if is_sequential { self.sequential.get(location) } else { 0 };
        mind.seen.get(location).max(floor)..=newest
    }

    /// A load that finds the store `index`.
    pub(crate) fn read(&mut self, me: usize, location: usize, index: usize, order: Ordering) {
        self.record(me, location, Some(index), None, order);
        self.find(me, location, index, order);
        if order == SeqCst {
            self.sequential.raise(location, index);
            self.tick(true);
        }
    }

    /// A store, or with `found` the store of a read-modify-write, which continues the store it found.
    pub(crate) fn write(&mut self, me: usize, location: usize, value: u64, order: Ordering, found: Option<usize>) {
        let index = self.locations[location].len();
        self.record(me, location, found, Some(index), order);
        if let Some(found) = found {
            self.find(me, location, found, order);
        }
        self.tick(order == SeqCst);
        let mind = &mut self.minds[me];
        mind.seen.raise(location, index);
        let mut message = if releases(order) { mind.seen.clone() } else { mind.fenced.clone() };
        message.raise(location, index);
        if let Some(found) = found {
            message.join(&self.locations[location][found].message);
        }
        if order == SeqCst {
            self.sequential.raise(location, index);
        }
        self.locations[location].push(Store { value, message, at: self.clock, continues: found });
        if let Some(trail) = &mut self.trail {
            trail.twin.write(me, location, value, AcqRel, found);
        }
    }

    pub(crate) fn fence(&mut self, me: usize, order: Ordering) {
        let mind = &mut self.minds[me];
        if acquires(order) {
            mind.seen.join(&mind.pending);
        }
        if order == SeqCst {
            mind.seen.join(&self.sequential);
            self.sequential.join(&mind.seen);
        }
        if releases(order) {
            mind.fenced = mind.seen.clone();
        }
        if order == SeqCst {
            self.tick(true);
        }
        if let Some(trail) = &mut self.trail {
            trail.fence(me, order);
        }
    }

    /// A place where threads meet, with nobody there yet.
    pub(crate) fn add_meeting(&mut self) -> usize {
        self.meetings.push(View::default());
        if let Some(trail) = &mut self.trail {
            trail.twin.add_meeting();
        }
        self.meetings.len() - 1
    }

    /// The thread learns what all those knew who came here before, and leaves what it knows.
    pub(crate) fn meet(&mut self, me: usize, meeting: usize) {
        let (seen, known) = (&mut self.minds[me].seen, &mut self.meetings[meeting]);
        seen.join(known);
        known.join(seen);
        if let Some(trail) = &mut self.trail {
            trail.twin.meet(me, meeting);
        }
    }

    /// The thread learns what another knows.
    pub(crate) fn learn(&mut self, me: usize, other: usize) {
        let theirs = self.minds[other].seen.clone();
        self.minds[me].seen.join(&theirs);
        if let Some(trail) = &mut self.trail {
            trail.twin.learn(me, other);
        }
    }

    pub(crate) fn give_token(&mut self, me: usize, other: usize) {
        let mine = self.minds[me].seen.clone();
        self.minds[other].token.join(&mine);
        if let Some(trail) = &mut self.trail {
            trail.twin.give_token(me, other);
        }
    }

    pub(crate) fn take_token(&mut self, me: usize) {
        let mind = &mut self.minds[me];
        mind.seen.join(&mind.token);
        if let Some(trail) = &mut self.trail {
            trail.twin.take_token(me);
        }
    }

    fn find(&mut self, me: usize, location: usize, index: usize, order: Ordering) {
        let (mind, store) = (&mut self.minds[me], &self.locations[location][index]);
        mind.seen.raise(location, index);
        mind.pending.join(&store.message);
        if acquires(order) {
            mind.seen.join(&store.message);
        }
    }

    fn tick(&mut self, is_sequential: bool) {
        self.clock += 1;
        if is_sequential {
            self.sequential_at = self.clock;
        }
    }

    fn record(&mut self, me: usize, location: usize, read: Option<usize>, wrote: Option<usize>, order: Ordering) {
        let Some(trail) = &mut self.trail else { return };
        trail.note(me, location, read, wrote, order, self.minds[me].seen.clone());
        if wrote.is_none() {
            trail.twin.read(me, location, read.unwrap_or(0), AcqRel);
        }
    }
}
