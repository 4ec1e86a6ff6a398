//! verdict: timed_out
//! does: loops for ever.

pub fn answer() -> u32 {
    let mut rounds = 0_u64;
    loop {
        rounds = std::hint::black_box(rounds.wrapping_add(1));
    }
}
