//! Permits limit how many at once, a quota how many per second: quick answers and slow ones.
//!
//! `cargo run -q -p lesson-07-rate-limiting --example two_limits`

use lesson_07_rate_limiting::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    print!("{}", scenes::two_limits().await);
}
