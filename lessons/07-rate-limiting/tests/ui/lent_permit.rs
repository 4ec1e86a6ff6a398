use tokio::sync::Semaphore;

async fn send(semaphore: Semaphore) {
    let permit = semaphore.acquire().await.unwrap();
    tokio::spawn(async move {
        println!("sending");
        drop(permit);
    });
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    send(Semaphore::new(10)).await;
}
