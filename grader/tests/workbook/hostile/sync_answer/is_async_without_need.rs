//! verdict: does_not_compile
//! does: is an `async fn` where the contract asks for a plain one.

pub async fn answer() -> u32 {
    42
}
