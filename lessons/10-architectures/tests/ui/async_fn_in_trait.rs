trait Cave {
    async fn doors(&self, room: u32) -> Vec<u32>;
}

fn send_a_scout<C: Cave + Send + Sync + 'static>(cave: C) {
    tokio::spawn(async move { cave.doors(0).await });
}

fn main() {}
