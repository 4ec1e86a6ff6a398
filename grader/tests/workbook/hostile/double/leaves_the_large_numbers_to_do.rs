//! verdict: failed
//! does: doubles small numbers, and has the large ones still to do.

pub fn double(n: u32) -> u32 {
    match n.checked_mul(2) {
        Some(twice) => twice,
        None => todo!("what does not fit"),
    }
}
