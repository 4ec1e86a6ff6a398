use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;

async fn count_and_wait(count: Arc<Mutex<u32>>) {
    {
        let mut count = count.lock().unwrap();
        *count += 1;
    }
    sleep(Duration::from_millis(100)).await;
}

/// What `tokio::spawn` asks for.
fn may_be_spawned(_task: impl Future + Send + 'static) {}

fn main() {
    may_be_spawned(count_and_wait(Arc::default()));
}
