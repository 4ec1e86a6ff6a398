//! Model threads, as a facade sees them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::rc::Rc;

use crate::op::Op;
use crate::panics;
use crate::world::{self, World};

/// Spawns a model thread and returns its number. Call it inside an exploration, after a [`step`](crate::step).
///
/// A panic that leaves `body` is noted in the story and otherwise ignored: catch it in `body` to hand it on.
///
/// # Safety
///
/// What `body` borrows must stay alive until it has returned. It is enough that the spawning frame waits for
/// that: if it is abandoned with its execution, so is the thread.
///
/// # Panics
///
/// Outside of explorations.
#[expect(unsafe_code, reason = "scoped threads borrow from their parent's stack")]
pub unsafe fn spawn<'a>(name: Option<String>, at: &'static Location<'static>, body: Box<dyn FnOnce() + 'a>) -> usize {
    let world = world::here().expect("model threads exist only inside an exploration");
    // SAFETY: only the lifetime changes; the caller promises to keep to it.
    let body = unsafe { std::mem::transmute::<Box<dyn FnOnce() + 'a>, Box<dyn FnOnce() + 'static>>(body) };
    let inner = Rc::downgrade(&world);
    let run = move || {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(body)) {
            panics::note(payload.as_ref());
        }
        let Some(world) = inner.upgrade() else { return };
        drop_locals(&world);
        if world.settings.ends_are_seen {
            world.pause(Op::unplaced("thread ends"), &|| true, None, None, false);
        }
    };
    world.add_thread(name, Some(at), Box::new(run))
}

/// The number of the calling model thread: 0 for the body, then in order of spawning. `None` outside.
pub fn current() -> Option<usize> {
    world::here().map(|world| world.current.get())
}

/// The name of a model thread.
pub fn name(thread: usize) -> Option<String> {
    let world = world::here()?;
    let threads = world.threads.borrow();
    threads.get(thread)?.name.clone()
}

/// Whether a model thread has ended; who finds that it has synchronises with its end. For conditions;
/// [`look_for_end`] is for programs that ask.
pub fn has_ended(thread: usize) -> bool {
    let Some(world) = world::here() else { return true };
    let ended = world.threads.borrow().get(thread).is_none_or(|thread| thread.finished);
    if ended && !world.judging.get() {
        world.memory.borrow_mut().learn(world.current.get(), thread);
    }
    ended
}

/// [`has_ended`], where the program itself can tell the difference between a thread's last operation and its
/// end. From then on the search treats the end of a thread as a step.
pub fn look_for_end(thread: usize) -> bool {
    if let Some(world) = world::here() {
        world.end_was_looked_at.set(true);
    }
    has_ended(thread)
}

/// Makes the token of `park` available.
pub fn give_park_token(thread: usize) {
    if let Some(world) = world::here() {
        world.memory.borrow_mut().give_token(world.current.get(), thread);
        world.threads.borrow_mut()[thread].park_token = true;
    }
}

/// Whether the calling thread's token of `park` is available.
pub fn has_park_token(thread: usize) -> bool {
    world::here().is_some_and(|world| world.threads.borrow()[thread].park_token)
}

/// Takes the token of `park`, if it is there, and synchronises with all who gave it.
pub fn take_park_token() -> bool {
    let Some(world) = world::here() else { return false };
    let taken = world.me(|me| std::mem::take(&mut me.park_token));
    if taken {
        world.memory.borrow_mut().take_token(world.current.get());
    }
    taken
}

/// Whether the calling thread is unwinding: `std::thread::panicking`, exact although model threads share one
/// operating-system thread.
pub fn panicking() -> bool {
    panics::panicking()
}

/// The calling model thread's value for `key`, made by `init` where there is none. `None` outside explorations
/// and once the value was dropped.
pub fn local<T: 'static>(key: usize, init: impl FnOnce() -> T) -> Option<Rc<T>> {
    let world = world::here()?;
    if let Some(known) = world.me(|me| me.locals.get(&key).cloned()) {
        return known?.downcast().ok();
    }
    let value = Rc::new(init());
    world.me(|me| {
        me.locals.insert(key, Some(value.clone()));
        me.locals_in_order.push(key);
    });
    Some(value)
}

/// The calling thread is ended by a panic with this payload, which somebody caught to hand it on.
pub fn ended_by(payload: &(dyn Any + Send)) {
    panics::note(payload);
}

/// Drops the calling thread's locals.
pub(crate) fn drop_own_locals() {
    if let Some(world) = world::here() {
        drop_locals(&world);
    }
}

/// Drops the thread's locals, the oldest first, also those that destructors make anew.
fn drop_locals(world: &World) {
    loop {
        let next = world.me(|me| {
            let oldest = (!me.locals_in_order.is_empty()).then(|| me.locals_in_order.remove(0))?;
            me.locals.get_mut(&oldest).map(std::mem::take)
        });
        let Some(value) = next else { return };
        let _ = catch_unwind(AssertUnwindSafe(|| drop::<Option<Rc<dyn Any>>>(value)));
    }
}
