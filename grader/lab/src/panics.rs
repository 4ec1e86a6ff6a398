//! Panics: those a test injects (T16), and those it finds.
//!
//! The hook is silent and writes down what it sees. A panic raised by [`inject`] and its siblings is the
//! test's own doing; from then on panics in the learner's file are taken for its consequences. Any other panic
//! in the learner's file fails the test, also on a thread or in a task that nobody looks at.

use std::any::Any;
use std::cell::Cell;
use std::future::Future;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind, panic_any};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use futures::FutureExt;
use protocol::{Panic, Place};

static SEEN: Mutex<Vec<Panic>> = Mutex::new(Vec::new());
static INJECTED: AtomicUsize = AtomicUsize::new(0);
static PROBED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static INJECTING: Cell<bool> = const { Cell::new(false) };
    static IS_TEST_THREAD: Cell<bool> = const { Cell::new(false) };
}

/// A payload that is neither `&str` nor `String`.
#[derive(Debug)]
pub struct OddPayload;

/// The payload by which the lab finds out whether its hook is still in place.
struct Probe;

/// Panics as `panic!("literal")` does: the payload is a `&'static str`.
///
/// # Panics
///
/// Always.
#[track_caller]
pub fn inject(message: &'static str) -> ! {
    injecting();
    panic_any(message)
}

/// Panics as `panic!("{}", …)` does: the payload is a `String`.
///
/// # Panics
///
/// Always.
#[track_caller]
pub fn inject_owned(message: String) -> ! {
    injecting();
    panic_any(message)
}

/// Panics with an [`OddPayload`].
///
/// # Panics
///
/// Always.
#[track_caller]
pub fn inject_odd() -> ! {
    injecting();
    panic_any(OddPayload)
}

/// Whether this is the message of `todo!()` or `unimplemented!()`, with or without one of its own.
pub fn is_todo(message: &str) -> bool {
    message.starts_with("not yet implemented") || message.starts_with("not implemented")
}

/// What was seen, where a panic in the learner's code explains a failure.
pub fn in_your_code(message: &str) -> String {
    format!("a panic in your code: {message}")
}

/// How many panics were injected so far.
pub fn injected() -> usize {
    INJECTED.load(Ordering::SeqCst)
}

/// Runs `call` and turns a panic into its message.
///
/// # Errors
///
/// The panic's text; any other payload reads `a panic without text`.
pub fn catch<R>(call: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(rethrow_broken_promise)
}

/// [`catch`] for a future.
///
/// # Errors
///
/// As [`catch`].
pub async fn catch_async<F: Future>(future: F) -> Result<F::Output, String> {
    AssertUnwindSafe(future).catch_unwind().await.map_err(rethrow_broken_promise)
}

/// A broken promise found inside a callback is not the learner's panic: it ends the test.
fn rethrow_broken_promise(payload: Box<dyn Any + Send>) -> String {
    if payload.is::<crate::expect::BrokenPromise>() {
        panic::resume_unwind(payload);
    }
    text_of(payload.as_ref())
}

/// The text of a panic's payload.
pub(crate) fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    crate::expect::cut(text.unwrap_or_else(|| "a panic without text".to_owned()))
}

fn injecting() {
    INJECTED.fetch_add(1, Ordering::SeqCst);
    INJECTING.set(true);
}

/// Installs the hook. The calling thread counts as the test's.
pub(crate) fn install_hook() {
    IS_TEST_THREAD.set(true);
    panic::set_hook(Box::new(write_down));
}

fn write_down(info: &PanicHookInfo<'_>) {
    if info.payload().is::<Probe>() {
        PROBED.store(true, Ordering::SeqCst);
        return;
    }
    if INJECTING.replace(false) {
        return;
    }
    let Some(location) = info.location() else { return };
    let place = Place { file: location.file().to_owned(), line: location.line(), column: Some(location.column()) };
    let elsewhere = !IS_TEST_THREAD.get();
    let panic = Panic { message: text_of(info.payload()), place, elsewhere };
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
}

/// Whether the hook is still the lab's. Code that replaces it hides panics from the test.
pub(crate) fn hook_is_ours() -> bool {
    PROBED.store(false, Ordering::SeqCst);
    let _ = catch_unwind(|| panic_any(Probe));
    PROBED.load(Ordering::SeqCst)
}

/// The panics seen so far, in order, injected ones left out.
pub(crate) fn seen() -> Vec<Panic> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
