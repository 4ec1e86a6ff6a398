//! What the contract of `shared-count` promises to two threads.

use std::thread;

use lab::prelude::*;

use crate::shared_count::SharedCount;

/// No call is lost, whoever else calls.
#[model::test(rejects(M02), read = "Large numbers")]
fn no_call_is_lost() {
    let count = SharedCount::default();
    thread::scope(|scope| {
        scope.spawn(|| count.add());
        count.add();
    });
    expect_eq("the count", 2, count.get());
}
