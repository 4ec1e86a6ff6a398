//! A bucket that forgets, depending on how often it is looked at.
//!
//! `cargo run -q -p lesson-07-rate-limiting --example refill`

use lesson_07_rate_limiting::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    print!("{}", scenes::refill().await);
}
