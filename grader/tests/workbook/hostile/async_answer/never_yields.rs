//! verdict: timed_out
//! does: loops for ever and never yields, in a task.

pub async fn answer() -> u32 {
    let task = tokio::spawn(async {
        let mut rounds = 0_u64;
        loop {
            rounds = std::hint::black_box(rounds.wrapping_add(1));
        }
    });
    task.await.unwrap()
}
