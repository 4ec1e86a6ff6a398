//! verdict: does_not_compile
//! does: offers another function than the contract asks for.

pub fn reply() -> u32 {
    42
}
