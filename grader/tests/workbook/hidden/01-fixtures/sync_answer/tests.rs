//! What the contract of `sync-answer` promises.

use crate::sync_answer::answer;

/// The answer is 42.
#[lab::test(rejects(M01), read = "The answer")]
fn the_answer_is_42() {
    // A plain `assert_eq!`: a learner's macro of that name must not reach it.
    assert_eq!(answer(), 42);
}
