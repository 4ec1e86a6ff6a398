//! right: Takes two items of an input at once, and so fills its bound to the last: `2 * inputs.len() + 1`.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            let mut batch = Vec::new();
            loop {
                let count = tokio::select! {
                    count = input.recv_many(&mut batch, 2) => count,
                    () = sender.closed() => 0,
                };
                if count == 0 {
                    return;
                }
                for item in batch.drain(..) {
                    if sender.send(item).await.is_err() {
                        return;
                    }
                }
            }
        });
    }
    output
}
