//! verdict: deadlocked
//! does: lets two tasks wait for each other's message.

use tokio::sync::mpsc;

pub async fn answer() -> u32 {
    let (to_left, mut from_right) = mpsc::channel::<u32>(1);
    let (to_right, mut from_left) = mpsc::channel::<u32>(1);
    let left = tokio::spawn(async move {
        let half = from_right.recv().await.unwrap();
        to_right.send(half).await.unwrap();
    });
    let right = tokio::spawn(async move {
        let half = from_left.recv().await.unwrap();
        to_left.send(half).await.unwrap();
    });
    left.await.unwrap();
    right.await.unwrap();
    42
}
