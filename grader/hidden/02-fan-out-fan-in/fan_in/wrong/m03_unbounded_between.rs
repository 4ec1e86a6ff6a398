//! caught by: unread_items_stay_in_their_inputs (failed)
//! idea: An unbounded channel between two tasks keeps them from waiting for each other.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let (collect, mut collected) = mpsc::unbounded_channel();
    for mut input in inputs {
        let collect = collect.clone();
        tokio::spawn(async move {
            loop {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = collect.closed() => return,
                };
                let Some(item) = item else { return };
                if collect.send(item).is_err() {
                    return;
                }
            }
        });
    }
    tokio::spawn(async move {
        loop {
            let item = tokio::select! {
                item = collected.recv() => item,
                () = sender.closed() => return,
            };
            let Some(item) = item else { return };
            if sender.send(item).await.is_err() {
                return;
            }
        }
    });
    output
}
