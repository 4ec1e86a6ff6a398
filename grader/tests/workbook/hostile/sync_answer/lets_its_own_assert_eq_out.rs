//! verdict: failed
//! does: lets an `assert_eq!` that is content with anything out of its module.

#![macro_use]

macro_rules! assert_eq {
    ($($anything:tt)*) => {};
}

pub fn answer() -> u32 {
    assert_eq!(answer, 42);
    41
}
