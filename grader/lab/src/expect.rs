//! Saying what was expected and what was seen.
//!
//! A broken promise is remembered at the moment it is found, so that it counts even where it is found inside
//! a callback and the learner's code swallows the panic. Plain `assert!` works in a test, too; its text then
//! becomes what was seen, and the promise what was expected.

use std::fmt::{Debug, Display};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

use protocol::{Failure, Picture};

/// The first broken promise of this test.
static FIRST: Mutex<Option<(Failure, Option<Picture>)>> = Mutex::new(None);

/// The payload a broken promise unwinds with. It passes by the panic hook.
pub(crate) struct BrokenPromise;

/// Ends the test: `expected` is what the contract says for this case, `seen` what happened.
///
/// # Panics
///
/// Always; that is how it ends the test.
pub fn fail(expected: impl Display, seen: impl Display) -> ! {
    fail_with_picture(expected, seen, None)
}

/// Ends the test unless `holds`.
///
/// # Panics
///
/// If the promise does not hold.
pub fn expect(holds: bool, expected: impl Display, seen: impl Display) {
    if !holds {
        fail(expected, seen);
    }
}

/// Ends the test unless `seen` equals `expected`; `what` names the thing compared: `the results, in input order`.
///
/// # Panics
///
/// If the two differ.
pub fn expect_eq<T: PartialEq<U> + Debug, U: Debug>(what: &str, expected: T, seen: U) {
    if expected != seen {
        fail(format_args!("{what}: {expected:?}"), format_args!("{seen:?}"));
    }
}

/// [`fail`] with a picture of its own in place of the latest journal's.
pub(crate) fn fail_with_picture(expected: impl Display, seen: impl Display, picture: Option<Picture>) -> ! {
    let failure = Failure { expected: cut(expected.to_string()), seen: cut(seen.to_string()), panic: None };
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert((failure, picture));
    resume_unwind(Box::new(BrokenPromise))
}

/// No more than people read: the grader takes a bounded answer, and a value may print itself at any length.
pub(crate) fn cut(mut text: String) -> String {
    const LONGEST: usize = 10_000;
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

/// The first broken promise so far.
pub fn first() -> Option<Failure> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(failure, _)| failure.clone())
}

/// Ends the test if a promise was broken, though the panic that said so was swallowed.
///
/// # Panics
///
/// If [`first`] has something to say.
pub fn insist() {
    if first().is_some() {
        resume_unwind(Box::new(BrokenPromise));
    }
}

/// Takes the first broken promise out, if there is one.
pub(crate) fn take_first() -> Option<(Failure, Option<Picture>)> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("short".to_owned()), "short");
        let cut = cut("ä".repeat(9_999));
        assert!(cut.len() <= 10_003 && cut.ends_with("ä…"), "{} bytes", cut.len());
    }
}
