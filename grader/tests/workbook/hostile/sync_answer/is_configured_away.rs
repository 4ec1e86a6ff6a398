//! verdict: does_not_compile
//! does: configures itself away.

#![cfg(any())]

pub fn answer() -> u32 {
    42
}
