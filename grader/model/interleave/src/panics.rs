//! Panics inside executions: written down instead of printed, and counted per model thread.

use std::any::Any;
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;

use crate::trace::{Panic, Place};
use crate::world;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Replaces the panic hook while an exploration runs. Panics outside of executions still reach the hook that
/// was there before.
pub(crate) struct Quiet(Arc<Hook>);

impl Quiet {
    pub(crate) fn begin() -> Self {
        let before = Arc::new(panic::take_hook());
        let outside = before.clone();
        panic::set_hook(Box::new(move |info| {
            if !write_down(info) {
                outside(info);
            }
        }));
        Self(before)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let before = self.0.clone();
        panic::set_hook(Box::new(move |info| before(info)));
    }
}

fn write_down(info: &PanicHookInfo<'_>) -> bool {
    let Some(world) = world::here() else { return false };
    let panic = Panic { message: text_of(info.payload()), place: info.location().map(Place::from) };
    world.me(|me| {
        me.unwinding = true;
        me.panic = Some(panic);
    });
    true
}

/// The calling thread has begun to unwind without the hook: `resume_unwind`.
pub fn unwinding_begins() {
    if let Some(world) = world::here() {
        world.me(|me| me.unwinding = true);
    }
}

/// The calling thread has caught a panic.
pub fn unwinding_ended() {
    if let Some(world) = world::here() {
        world.me(|me| me.unwinding = false);
    }
}

/// The panic that ended the calling thread had this payload.
pub(crate) fn note(payload: &(dyn Any + Send)) {
    let Some(world) = world::here() else { return };
    world.me(|me| {
        me.unwinding = false;
        let message = text_of(payload);
        // The hook saw the place. A payload it did not see passed by it.
        if me.panic.as_ref().is_none_or(|panic| panic.message != message) {
            me.panic = Some(Panic { message, place: None });
        }
    });
}

pub(crate) fn panicking() -> bool {
    if !std::thread::panicking() {
        return false;
    }
    // One operating-system thread runs all model threads: somebody is unwinding, but is it this one?
    let Some(world) = world::here() else { return true };
    let me = world.current.get();
    let threads = world.threads.borrow();
    threads[me].unwinding || !threads.iter().any(|thread| thread.unwinding)
}

pub(crate) fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without text".to_owned())
}
