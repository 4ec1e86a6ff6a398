//! What the contract of `shared-count` promises to one thread.

use lab::prelude::*;

use crate::shared_count::SharedCount;

/// One call counts.
#[lab::test(rejects(M01), read = "Small numbers")]
fn one_call_counts() {
    let count = SharedCount::default();
    count.add();
    expect_eq("the count", 1, count.get());
}
