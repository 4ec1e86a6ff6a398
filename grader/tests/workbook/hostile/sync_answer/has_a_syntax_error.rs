//! verdict: does_not_compile
//! does: forgets a parenthesis.

pub fn answer( -> u32 {
    42
}
