//! verdict: livelocked
//! does: looks every millisecond for something that never comes.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

pub async fn answer() -> u32 {
    let (_sender, mut receiver) = mpsc::channel(1);
    loop {
        match receiver.try_recv() {
            Ok(answer) => return answer,
            Err(_) => sleep(Duration::from_millis(1)).await,
        }
    }
}
