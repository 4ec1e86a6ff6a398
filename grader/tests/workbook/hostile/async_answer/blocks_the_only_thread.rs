//! verdict: deadlocked
//! does: blocks the thread of the task it waits for.

use std::sync::mpsc;

pub async fn answer() -> u32 {
    let (sender, receiver) = mpsc::channel();
    tokio::spawn(async move { sender.send(42).unwrap() });
    receiver.recv().unwrap()
}
