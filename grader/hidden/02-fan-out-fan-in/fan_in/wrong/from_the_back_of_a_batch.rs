//! caught by: items_of_one_input_keep_their_order (failed)
//! idea: A batch is emptied as it was filled.

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
                    () = sender.closed() => return,
                };
                if count == 0 {
                    return;
                }
                while let Some(item) = batch.pop() {
                    if sender.send(item).await.is_err() {
                        return;
                    }
                }
            }
        });
    }
    output
}
