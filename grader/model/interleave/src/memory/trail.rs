//! Why a load missed a store: where the news of it was handed on and not taken along.

use std::sync::atomic::Ordering;

use super::{Memory, View, acquires, releases};
use crate::trace::{Access, Gap, Place};

/// The loads and stores so far, and what everybody would know if each of them released and acquired.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    events: Vec<Event>,
    /// Where each thread is.
    places: Vec<Option<Place>>,
    pub(super) twin: Memory,
}

#[derive(Debug)]
struct Event {
    party: usize,
    place: Option<Place>,
    order: Ordering,
    /// The location, and the indices of the store found and the store made; none for a fence.
    location: Option<usize>,
    read: Option<usize>,
    wrote: Option<usize>,
    /// What the thread knew before.
    knew: View,
}

/// A store: its location and its index there.
type Target = (usize, usize);

impl Trail {
    /// What the thread does next, it does here.
    pub(crate) fn is_at(&mut self, party: usize, place: Option<Place>) {
        self.places.resize(self.places.len().max(party + 1), None);
        self.places[party] = place;
    }

    pub(super) fn note(
        &mut self,
        party: usize,
        location: usize,
        read: Option<usize>,
        wrote: Option<usize>,
        order: Ordering,
        knew: View,
    ) {
        let place = self.places.get(party).cloned().flatten();
        self.events.push(Event { party, place, order, location: Some(location), read, wrote, knew });
    }

    pub(super) fn fence(&mut self, party: usize, order: Ordering) {
        let (location, read, wrote, knew) = (None, None, None, View::default());
        self.events.push(Event { party, place: None, order, location, read, wrote, knew });
    }

    /// Who made a store, and where.
    pub(crate) fn author(&self, location: usize, index: usize) -> Option<Access> {
        self.event_of((location, index)).map(|event| access(&self.events[event]))
    }

    fn event_of(&self, (location, index): Target) -> Option<usize> {
        self.events.iter().position(|event| (event.location, event.wrote) == (Some(location), Some(index)))
    }
}

impl Memory {
    /// Where news of `target` was on its way to `party`, and a store or a load was too weak to take it along. Empty if
    /// no news was on its way.
    pub(crate) fn gaps(&self, party: usize, target: Target) -> Vec<Gap> {
        let mut gaps = Vec::new();
        if let Some(trail) = &self.trail {
            self.add_gaps(trail, party, trail.events.len(), target, &mut gaps);
        }
        gaps
    }

    fn add_gaps(&self, trail: &Trail, party: usize, before: usize, target: Target, gaps: &mut Vec<Gap>) {
        let would_tell = |event: &Event| {
            let (Some(location), Some(index)) = (event.location, event.read) else { return false };
            knows(&trail.twin.locations[location][index].message, target) && !knows(&event.knew, target)
        };
        let earlier = || trail.events[..before].iter().enumerate().rev().filter(|(_, event)| would_tell(event));
        let own = earlier().find(|(_, event)| event.party == party);
        // It may have met somebody to whom the news was lost on the way.
        let Some((index, load)) = own.or_else(|| earlier().find(|_| knows(&trail.twin.minds[party].seen, target)))
        else {
            return;
        };
        let (Some(location), Some(found)) = (load.location, load.read) else { return };
        let head = self.head(trail, location, found, target);
        let Some(origin) = trail.event_of((location, head)) else { return };
        let store = &trail.events[origin];
        let carried = knows(&self.locations[location][found].message, target);
        let knew = knows(&store.knew, target) || store.location == Some(target.0) && store.wrote >= Some(target.1);
        if !carried && !knew {
            self.add_gaps(trail, store.party, origin, target, gaps);
        }
        let fence = |event: &Event| event.party == load.party && event.location.is_none() && acquires(event.order);
        let acquired = acquires(load.order) || trail.events[index..before].iter().any(fence);
        let gap = Gap {
            store: access(store),
            load: access(load),
            needs_release: !carried && !releases(store.order),
            needs_acquire: !acquired,
        };
        if gap.needs_release || gap.needs_acquire {
            gaps.push(gap);
        }
    }

    /// The store that began what read-modify-writes handed on up to `found`, as far back as the news goes.
    fn head(&self, trail: &Trail, location: usize, found: usize, target: Target) -> usize {
        let mut head = found;
        while let Some(before) = self.locations[location][head].continues {
            let own = trail.event_of((location, head)).is_some_and(|event| knows(&trail.events[event].knew, target));
            if own || !knows(&trail.twin.locations[location][before].message, target) {
                break;
            }
            head = before;
        }
        head
    }
}

fn knows(view: &View, (location, index): Target) -> bool {
    view.get(location) >= index
}

fn access(event: &Event) -> Access {
    let party = u32::try_from(event.party).unwrap_or(u32::MAX);
    Access { party, place: event.place.clone(), order: format!("{:?}", event.order) }
}
