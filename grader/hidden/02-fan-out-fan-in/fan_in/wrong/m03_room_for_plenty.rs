//! caught by: unread_items_stay_in_their_inputs (failed)
//! idea: The more room in the output, the better.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(32);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            loop {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = sender.closed() => return,
                };
                let Some(item) = item else { return };
                if sender.send(item).await.is_err() {
                    return;
                }
            }
        });
    }
    output
}
