trait Cave {
    fn doors(&self, room: u32) -> impl Future<Output = Vec<u32>> + Send;
}

struct Cellar;

impl Cave for Cellar {
    async fn doors(&self, room: u32) -> Vec<u32> {
        vec![room + 1]
    }
}

fn send_a_scout<C: Cave + Send + Sync + 'static>(cave: C) {
    tokio::spawn(async move { cave.doors(0).await });
}

#[tokio::main]
async fn main() {
    send_a_scout(Cellar);
}
