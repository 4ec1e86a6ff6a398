//! A stack of its own for every model thread.
//!
//! Model threads are coroutines on one operating-system thread. Exactly one runs at a time, and switching
//! costs nanoseconds.

use std::cell::RefCell;

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};

/// A model thread's stack and where on it the thread stands.
pub(crate) struct Fiber(Coroutine<(), (), (), DefaultStack>);

/// The way back from a fiber's stack to whoever resumed it.
#[derive(Clone, Copy)]
pub(crate) struct Exit(*const Yielder<(), ()>);

thread_local! {
    /// Stacks between two executions. Mapping one costs more than a short execution.
    static POOL: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
}

impl Fiber {
    /// A fiber that will run `body`, which gets the way back.
    pub(crate) fn new(stack_size: usize, body: impl FnOnce(Exit) + 'static) -> Self {
        let pooled = POOL.with_borrow_mut(Vec::pop);
        let stack = pooled.unwrap_or_else(|| DefaultStack::new(stack_size).expect("memory for one more stack"));
        Self(Coroutine::with_stack(stack, move |exit: &Yielder<(), ()>, ()| body(Exit(exit))))
    }

    /// Runs the fiber until it comes back. `true`: it has returned for good.
    pub(crate) fn resume(&mut self) -> bool {
        matches!(self.0.resume(()), CoroutineResult::Return(()))
    }

    /// Keeps the stack for another fiber. What still stood on it is forgotten, not dropped.
    #[expect(unsafe_code, reason = "a thread of an abandoned execution must not run its destructors")]
    pub(crate) fn recycle(mut self) {
        if !self.0.done() {
            // SAFETY: like the end of a process, this ends threads where they stand. Nothing resumes the
            // fiber again, no sibling that could borrow from this stack is ever resumed either, and what the
            // stack owned is leaked.
            unsafe { self.0.force_reset() };
        }
        let stack = self.0.into_stack();
        // A thread that ends takes its pool down before it drops other thread-locals.
        let _ = POOL.try_with(|pool| pool.borrow_mut().push(stack));
    }
}

impl Exit {
    /// Leaves the fiber; returns when it is resumed.
    #[expect(unsafe_code, reason = "the yielder lives on the fiber's own stack")]
    pub(crate) fn leave(self) {
        // SAFETY: called only by code that runs on this fiber's stack (the world hands an exit to the thread it
        // belongs to and to nobody else), so the yielder at the bottom of that stack is alive.
        unsafe { (*self.0).suspend(()) };
    }
}
