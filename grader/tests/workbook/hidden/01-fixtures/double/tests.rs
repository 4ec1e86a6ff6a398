//! What the contract of `double` promises.

use lab::prelude::*;

use crate::double::double;

/// Small numbers are doubled.
#[lab::test(rejects(M01), read = "Small numbers")]
fn small_numbers_are_doubled() {
    expect_eq("double(21)", 42, double(21));
}

/// What does not fit becomes the largest number.
#[lab::test(rejects(M02), read = "Large numbers")]
fn what_does_not_fit_becomes_the_largest_number() {
    expect_eq("double(u32::MAX)", u32::MAX, double(u32::MAX));
}
