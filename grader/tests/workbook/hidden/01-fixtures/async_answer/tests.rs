//! What the contract of `async-answer` promises.

use lab::prelude::*;

use crate::async_answer::answer;

/// The answer is 42.
#[lab::test(rejects(M01), read = "The answer")]
async fn the_answer_is_42() {
    expect_eq("the answer", 42, answer().await);
}
