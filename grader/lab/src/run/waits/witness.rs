//! A waker that notes where it is cloned.
//!
//! A future that is not ready keeps a clone of the waker it was polled with, or somebody it polled does: a channel,
//! a timer, a `JoinSet`. So the stacks of those clones are where it waits, whichever library the primitive is
//! from. Futures compare a new waker with the one they have, and keep theirs if both wake the same: this one
//! differs from all others.

use std::mem::ManuallyDrop;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, RawWaker, RawWakerVTable, Waker};

/// Frames kept of a stack.
const DEPTH: usize = 128;

/// What a witness points to.
struct Notes {
    waker: Waker,
    stacks: Mutex<Vec<Vec<usize>>>,
}

/// Calls `poll` with a waker that forwards to `waker`, and returns the stacks on which it was cloned.
pub fn stacks_of_clones(waker: &Waker, poll: impl FnOnce(&mut Context<'_>)) -> Vec<Vec<usize>> {
    let notes = Arc::new(Notes { waker: waker.clone(), stacks: Mutex::default() });
    poll(&mut Context::from_waker(&witness(notes.clone())));
    std::mem::take(&mut *notes.stacks.lock().unwrap_or_else(PoisonError::into_inner))
}

#[expect(unsafe_code, reason = "a safe waker, an `Arc` of something that wakes, does not notice its clones")]
fn witness(notes: Arc<Notes>) -> Waker {
    // SAFETY: the functions keep the contract of `RawWakerVTable`. The pointer is that of an `Arc` which the waker
    // owns: `clone` adds to its count, `wake` and `drop` take from it, `wake_by_ref` leaves it. `Notes` is
    // `Send + Sync`.
    unsafe { Waker::from_raw(raw(notes)) }
}

fn raw(notes: Arc<Notes>) -> RawWaker {
    static FUNCTIONS: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);
    RawWaker::new(Arc::into_raw(notes).cast(), &FUNCTIONS)
}

fn clone(pointer: *const ()) -> RawWaker {
    let notes = ManuallyDrop::new(owned(pointer));
    let mut stack = Vec::with_capacity(DEPTH);
    backtrace::trace(|frame| {
        stack.push(frame.ip() as usize);
        stack.len() < DEPTH
    });
    notes.stacks.lock().unwrap_or_else(PoisonError::into_inner).push(stack);
    raw(Arc::clone(&notes))
}

fn wake(pointer: *const ()) {
    owned(pointer).waker.wake_by_ref();
}

fn wake_by_ref(pointer: *const ()) {
    ManuallyDrop::new(owned(pointer)).waker.wake_by_ref();
}

fn drop(pointer: *const ()) {
    std::mem::drop(owned(pointer));
}

/// The `Arc` behind a waker's pointer, with the share in it that is the waker's.
fn owned(pointer: *const ()) -> Arc<Notes> {
    #[expect(unsafe_code, reason = "the reverse of `raw`")]
    // SAFETY: only the functions of the table call this, with a pointer that `raw` made and that a living waker
    // owns. Those that leave the waker alive keep the `Arc` from being dropped.
    unsafe {
        Arc::from_raw(pointer.cast())
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::Waker;

    use futures::channel::oneshot;

    use super::stacks_of_clones;

    fn clones(future: impl Future, ready: bool) -> usize {
        let mut future = pin!(future);
        stacks_of_clones(Waker::noop(), |context| assert_eq!(future.as_mut().poll(context).is_ready(), ready)).len()
    }

    #[test]
    fn a_waiting_future_has_kept_a_clone() {
        let (_sender, receiver) = oneshot::channel::<()>();
        assert_eq!(clones(receiver, false), 1);
        assert_eq!(clones(async {}, true), 0);
    }

    #[test]
    fn a_clone_wakes_and_outlives_the_call() {
        let (sender, receiver) = oneshot::channel();
        let mut receiver = pin!(receiver);
        let mut woken = pin!(async { receiver.as_mut().await });
        stacks_of_clones(Waker::noop(), |context| assert!(woken.as_mut().poll(context).is_pending()));
        sender.send(5).unwrap();
        stacks_of_clones(Waker::noop(), |context| assert!(woken.as_mut().poll(context).is_ready()));
    }
}
