//! verdict: crashed
//! only on: linux
//! does: asks for 20 GiB of memory.

pub fn answer() -> u32 {
    let mut much: Vec<u8> = Vec::with_capacity(20 << 30);
    much.push(42);
    u32::from(much[0])
}
