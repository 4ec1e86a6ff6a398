//! Three histories of requests, and four limiters that were all told "100 per second".
//!
//! `cargo run -q -p lesson-07-rate-limiting --example three_histories`

use lesson_07_rate_limiting::scenes;

fn main() {
    print!("{}", scenes::three_histories());
}
