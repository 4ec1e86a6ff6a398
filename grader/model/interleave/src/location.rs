//! What atomics and everything that synchronises are to the engine.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::memory::Memory;
use crate::trace::Stale;
use crate::world::{self, World};

/// A number in the current execution. It goes where its owner goes, so that memory used again is not taken for what
/// was there before.
#[derive(Debug)]
struct Number {
    epoch: AtomicU64,
    index: AtomicUsize,
}

impl Number {
    const fn none() -> Self {
        Self { epoch: AtomicU64::new(0), index: AtomicUsize::new(0) }
    }

    fn get(&self, world: &World) -> Option<usize> {
        let is_current = self.epoch.load(Ordering::Relaxed) == world.epoch;
        is_current.then(|| self.index.load(Ordering::Relaxed))
    }

    fn set(&self, world: &World, index: usize) -> usize {
        self.index.store(index, Ordering::Relaxed);
        self.epoch.store(world.epoch, Ordering::Relaxed);
        index
    }
}

/// The history of an atomic in one execution.
///
/// The facade keeps the newest value itself, in a real atomic, and says what it was before each operation. A
/// value that did not come by these methods, but by `get_mut` for one, is one that everybody knows. Outside
/// explorations nothing is kept.
#[derive(Debug)]
pub struct Location(Number);

impl Default for Location {
    fn default() -> Self {
        Self::new()
    }
}

impl Location {
    /// Not used yet.
    pub const fn new() -> Self {
        Self(Number::none())
    }

    /// An older value that a load finds instead of the `newest`, if it may and the schedule says so: one of those
    /// that are `fit`. `text` is the newest value for the story. `None`: it [finds the newest](Self::read).
    pub fn read_old(
        &self,
        newest: u64,
        order: Ordering,
        fit: impl Fn(u64) -> bool,
        text: impl FnOnce() -> String,
    ) -> Option<u64> {
        let (world, me) = remembering()?;
        let (location, options) = {
            let memory = &mut world.memory.borrow_mut();
            let location = self.number(&world, memory, newest);
            let visible = memory.visible(me, location, order);
            let older = (*visible.start()..*visible.end()).rev();
            (location, older.filter(|&index| fit(memory.value(location, index))).collect::<Vec<_>>())
        };
        let chosen = world.choose(1 + options.len()).checked_sub(1)?;
        let memory = &mut world.memory.borrow_mut();
        let index = options[chosen];
        if let Some(trail) = &memory.trail {
            let missed = memory.newest(location);
            if let Some(store) = trail.author(location, missed) {
                let gaps = memory.gaps(me, (location, index + 1));
                world.note_stale(Stale { newest: text(), store, order: format!("{order:?}"), gaps });
            }
        }
        memory.read(me, location, index, order);
        Some(memory.value(location, index))
    }

    /// A load that found the newest value.
    pub fn read(&self, newest: u64, order: Ordering) {
        if let Some((world, me)) = remembering() {
            let memory = &mut world.memory.borrow_mut();
            let location = self.number(&world, memory, newest);
            let index = memory.newest(location);
            memory.read(me, location, index, order);
        }
    }

    /// A store of `value` over `before`.
    pub fn write(&self, before: u64, value: u64, order: Ordering) {
        if let Some((world, me)) = remembering() {
            let memory = &mut world.memory.borrow_mut();
            let location = self.number(&world, memory, before);
            memory.write(me, location, value, order, None);
        }
    }

    /// A read-modify-write that found `before` and left `after`.
    pub fn exchange(&self, before: u64, after: u64, order: Ordering) {
        if let Some((world, me)) = remembering() {
            let memory = &mut world.memory.borrow_mut();
            let location = self.number(&world, memory, before);
            let found = memory.newest(location);
            memory.write(me, location, after, order, Some(found));
        }
    }

    fn number(&self, world: &World, memory: &mut Memory, newest: u64) -> usize {
        let known = self.0.get(world).filter(|&location| memory.value(location, memory.newest(location)) == newest);
        known.unwrap_or_else(|| self.0.set(world, memory.add_location(newest)))
    }
}

/// A fence between atomic operations.
pub fn fence(order: Ordering) {
    if let Some((world, me)) = remembering() {
        world.memory.borrow_mut().fence(me, order);
    }
}

/// Where threads meet: whoever comes later knows what those knew who were here before. [`Model`](crate::Model) has
/// one; it is for state that is kept in another way.
#[derive(Debug)]
pub struct Meeting(Number);

impl Default for Meeting {
    fn default() -> Self {
        Self::new()
    }
}

impl Meeting {
    /// Nobody was here.
    pub const fn new() -> Self {
        Self(Number::none())
    }

    /// The calling thread comes here. A condition that is looked at for a thread that waits does not count.
    pub fn meet(&self) {
        world::look(|world| self.meet_in(world));
    }

    pub(crate) fn meet_in(&self, world: &World) {
        if !world.settings.weak_memory || world.judging.get() {
            return;
        }
        let memory = &mut world.memory.borrow_mut();
        // Without atomics there is nothing to know.
        if !memory.is_empty() {
            let meeting = self.0.get(world).unwrap_or_else(|| self.0.set(world, memory.add_meeting()));
            memory.meet(world.current.get(), meeting);
        }
    }
}

fn remembering() -> Option<(std::rc::Rc<World>, usize)> {
    let world = world::here().filter(|world| world.settings.weak_memory)?;
    let me = world.current.get();
    Some((world, me))
}
