use tokio::sync::mpsc;

#[tokio::main]
async fn main() {
    let (next_stage, _frames) = mpsc::channel(1);
    let mut frame = vec![0_u8; 1024];
    frame[0] = 255;
    next_stage.send(frame).await.unwrap();
}
