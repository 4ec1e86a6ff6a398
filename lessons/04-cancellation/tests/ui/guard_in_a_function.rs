use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;

fn next(wanted: &Mutex<Vec<u32>>) -> Option<u32> {
    wanted.lock().unwrap().pop()
}

async fn fetch_next(wanted: Arc<Mutex<Vec<u32>>>) {
    if let Some(piece) = next(&wanted) {
        sleep(Duration::from_millis(100)).await;
        println!("piece {piece}");
    }
}

/// What `tokio::spawn` asks for.
fn may_be_spawned(_task: impl Future + Send + 'static) {}

fn main() {
    may_be_spawned(fetch_next(Arc::default()));
}
