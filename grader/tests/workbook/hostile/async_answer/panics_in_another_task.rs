//! verdict: failed
//! does: answers, and leaves a panic to a task that nobody waits for.

pub async fn answer() -> u32 {
    tokio::spawn(async { panic!("nobody will know") });
    42
}
