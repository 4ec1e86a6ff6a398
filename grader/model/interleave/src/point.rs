//! What a facade is built from: scheduling points, waits, choices.
//!
//! Inside an exploration these are where threads take turns. Outside, [`step`] does nothing and a wait looks
//! again every 50 microseconds of real time, so that code in a facade's terms works there, too.

use std::time::{Duration, Instant};

use crate::op::Op;
use crate::world::{self, Wake};

/// How long a wait outside of explorations sleeps between two looks.
const LOOK_AGAIN: Duration = Duration::from_micros(50);

/// A scheduling point before an operation that can always proceed.
pub fn step(op: Op) {
    if let Some(world) = world::here() {
        world.pause(op, &|| true, None, None, false);
    }
}

/// A scheduling point at which the thread lets all others go first.
pub fn give_way(op: Op) {
    match world::here() {
        Some(world) => {
            world.pause(op, &|| true, None, None, true);
        }
        None => std::thread::yield_now(),
    }
}

/// A scheduling point before an operation that has to wait until `ready`; then `act`, which succeeds if
/// `ready` held and nobody else acted since.
pub fn until<R>(op: Op, ready: impl Fn() -> bool, mut act: impl FnMut() -> Option<R>) -> R {
    if let Some(world) = world::here() {
        world.pause(op, &ready, None, None, false);
        return act().expect("an operation that was ready succeeds");
    }
    loop {
        if let Some(result) = act() {
            return result;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Waits until `ready` or, if there is a `timeout`, until it is over. Where the settings of the search allow
/// it, the wait may end for no reason while `spurious` holds.
pub fn wait(op: Op, ready: impl Fn() -> bool, spurious: impl Fn() -> bool, timeout: Option<Duration>) -> Wake {
    if let Some(world) = world::here() {
        let deadline = timeout.and_then(|timeout| world.now.get().checked_add(timeout));
        return world.pause(op, &ready, Some(&spurious), deadline, false);
    }
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    loop {
        if ready() {
            return Wake::Ready;
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Wake::TimedOut;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// One of `count` outcomes that the contract of an operation leaves open. The default is 0.
pub fn choose(count: usize) -> usize {
    world::here().map_or(0, |world| world.choose(count))
}

/// Whether an operation whose contract allows it fails for no reason now, as a deviation.
pub fn fails_for_no_reason() -> bool {
    let Some(world) = world::here() else { return false };
    let fails = world.may_surprise() && world.choose(2) == 1;
    if fails {
        world.count_surprise();
    }
    fails
}

/// Runs `call`; before each of its operations but the thread's first, the thread may be stopped for good, as a
/// deviation. Others that wait for it then wait for ever; it is not counted among those left behind.
///
/// For algorithms in which nobody waits for anybody: whatever one thread has begun, all others come through.
pub fn may_stop<R>(call: impl FnOnce() -> R) -> R {
    struct Until(bool);
    impl Drop for Until {
        fn drop(&mut self) {
            if let Some(world) = world::here() {
                world.me(|me| me.may_stop = self.0);
            }
        }
    }
    let Some(world) = world::here() else { return call() };
    let _until = Until(world.me(|me| std::mem::replace(&mut me.may_stop, true)));
    call()
}

/// What came out of the operation the thread has just taken; `text` runs only while a story is being told.
pub fn result(text: impl FnOnce() -> String) {
    if let Some(world) = world::here() {
        world.note_result(text);
    }
}

/// The thread holds `object` from the operation it has just taken until [`released`].
pub fn acquired<T: ?Sized>(object: &T) {
    if let Some(world) = world::here() {
        world.note_holder(std::ptr::from_ref(object).addr(), true);
    }
}

/// The thread holds `object` no longer.
pub fn released<T: ?Sized>(object: &T) {
    if let Some(world) = world::here() {
        world.note_holder(std::ptr::from_ref(object).addr(), false);
    }
}

/// The virtual time since the execution began.
///
/// It stands still while anybody can run, and jumps to the next deadline when nobody can.
pub fn now() -> Option<Duration> {
    world::here().map(|world| world.now.get())
}
