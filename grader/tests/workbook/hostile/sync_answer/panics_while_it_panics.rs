//! verdict: crashed
//! does: panics in a destructor during a panic.

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("and again");
    }
}

pub fn answer() -> u32 {
    let _bomb = Bomb;
    panic!("once")
}
