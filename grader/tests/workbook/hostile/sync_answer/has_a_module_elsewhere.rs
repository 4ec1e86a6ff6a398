//! verdict: does_not_compile
//! does: keeps part of its code in another file.

mod helper;

pub fn answer() -> u32 {
    helper::answer()
}
