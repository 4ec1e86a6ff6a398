//! When the jobs of four loops begin.
//!
//! `cargo run -q -p lesson-07-rate-limiting --example ticks`

use lesson_07_rate_limiting::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    print!("{}", scenes::ticks().await);
}
