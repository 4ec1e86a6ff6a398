//! caught by: unread_items_stay_in_their_inputs (failed)
//! idea: A tree of small merges holds no more than one big merge.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    if inputs.len() == 1 {
        return inputs.remove(0);
    }
    let (sender, output) = mpsc::channel(1);
    if inputs.is_empty() {
        return output;
    }
    let right = inputs.split_off(inputs.len() / 2);
    for mut half in [fan_in(inputs), fan_in(right)] {
        let sender = sender.clone();
        tokio::spawn(async move {
            loop {
                let item = tokio::select! {
                    item = half.recv() => item,
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
