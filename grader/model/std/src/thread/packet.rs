//! How a thread's result gets to those who wait for it.

use ::std::panic::{AssertUnwindSafe, Location, catch_unwind};
use ::std::sync::atomic::{AtomicBool, Ordering};
use ::std::sync::{Arc, Mutex, PoisonError};
use ::std::thread::Result;

use interleave::{Meeting, Op, step, threads, until};

use super::handle::Thread;

/// A thread and, some day, its result.
pub(super) struct Running<T> {
    packet: Arc<Packet<T>>,
    pub(super) fate: Arc<Fate>,
    thread: Thread,
}

struct Packet<T>(Mutex<Option<Result<T>>>);

/// What a scope wants to know about a thread.
#[derive(Default)]
pub(super) struct Fate {
    done: AtomicBool,
    panicked: AtomicBool,
    joined: AtomicBool,
    /// Where the thread and those who wait for its closure's end synchronise.
    end: Meeting,
}

impl Fate {
    /// The thread has let go of all that it borrowed.
    fn seal(&self) {
        self.end.meet();
        self.done.store(true, Ordering::SeqCst);
    }

    /// Whether it has.
    pub(super) fn is_done(&self) -> bool {
        let is = self.done.load(Ordering::SeqCst);
        if is {
            self.end.meet();
        }
        is
    }

    pub(super) fn is_unhandled_panic(&self) -> bool {
        self.panicked.load(Ordering::SeqCst) && !self.joined.load(Ordering::SeqCst)
    }
}

impl<T: Send> Running<T> {
    /// Starts `f` on a thread of its own: a model thread inside an exploration, a real one outside.
    ///
    /// # Safety
    ///
    /// What `f` and its result borrow must stay alive until `fate.is_done()`.
    #[expect(unsafe_code, reason = "scoped threads borrow from their parent's stack")]
    pub(super) unsafe fn start<F: FnOnce() -> T + Send>(
        builder: ::std::thread::Builder,
        name: Option<String>,
        at: &'static Location<'static>,
        f: F,
    ) -> ::std::io::Result<Self> {
        let packet = Arc::new(Packet(Mutex::new(None)));
        let fate = Arc::<Fate>::default();
        let (theirs, their_fate) = (packet.clone(), fate.clone());
        let body = move || {
            let result = catch_unwind(AssertUnwindSafe(f));
            if let Err(payload) = &result {
                their_fate.panicked.store(true, Ordering::SeqCst);
                threads::ended_by(payload.as_ref());
            }
            *theirs.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            // The result may borrow, too: it is let go before anybody is told.
            drop(theirs);
            their_fate.seal();
        };
        let thread = if interleave::exploring() {
            // SAFETY: `body` touches what it borrows only before `done`; the rest is the caller's promise.
            let index = unsafe { threads::spawn(name.clone(), at, Box::new(body)) };
            Thread::model(index, name)
        } else {
            // SAFETY: as above.
            Thread::real(unsafe { builder.spawn_unchecked(body) }?.thread().clone())
        };
        Ok(Self { packet, fate, thread })
    }
}

impl<T> Running<T> {
    pub(super) fn thread(&self) -> &Thread {
        &self.thread
    }

    pub(super) fn join(self, op: Op) -> Result<T> {
        let ended = || self.is_over();
        // The result is there a moment before the end. Taken then, it would be lost.
        let take = || if ended() { self.packet.0.lock().unwrap_or_else(PoisonError::into_inner).take() } else { None };
        let result = until(op, ended, take);
        self.fate.joined.store(true, Ordering::SeqCst);
        interleave::result(|| if result.is_ok() { "Ok" } else { "Err" }.to_owned());
        result
    }

    pub(super) fn is_finished(&self, op: Op) -> bool {
        step(op);
        let is = self.thread.index().map_or_else(|| self.is_over(), threads::look_for_end);
        interleave::result(|| is.to_string());
        is
    }

    fn is_over(&self) -> bool {
        self.fate.is_done() && self.thread.index().is_none_or(threads::has_ended)
    }
}
