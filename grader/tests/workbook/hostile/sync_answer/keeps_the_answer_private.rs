//! verdict: does_not_compile
//! does: offers the function to nobody.

fn answer() -> u32 {
    42
}
