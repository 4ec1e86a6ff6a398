//! verdict: crashed
//! only on: linux
//! does: takes memory bit by bit until there is none.

pub fn answer() -> u32 {
    let mut all: Vec<Vec<u8>> = Vec::new();
    loop {
        all.push(vec![0; 16 << 20]);
    }
}
