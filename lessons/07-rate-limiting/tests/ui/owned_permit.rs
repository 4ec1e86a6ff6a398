use std::sync::Arc;

use tokio::sync::Semaphore;

async fn send(semaphore: Arc<Semaphore>) {
    let permit = semaphore.acquire_owned().await.unwrap();
    tokio::spawn(async move {
        println!("sending");
        drop(permit);
    });
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    send(Arc::new(Semaphore::new(10))).await;
}
