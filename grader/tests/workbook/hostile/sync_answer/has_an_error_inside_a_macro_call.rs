//! verdict: does_not_compile
//! does: prints what cannot be printed.

struct Secret;

pub fn answer() -> u32 {
    println!("{}", Secret);
    42
}
