//! right: Merges two halves, each merged in the same way; a single input is handed back as it is.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    if inputs.len() == 1 {
        return inputs.remove(0);
    }
    // A place for each half: n inputs make n - 1 such channels, and nobody holds an item in hand.
    let (sender, output) = mpsc::channel(2);
    if inputs.is_empty() {
        return output;
    }
    let right = inputs.split_off(inputs.len() / 2);
    for mut half in [fan_in(inputs), fan_in(right)] {
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Ok(place) = sender.reserve().await {
                let item = tokio::select! {
                    item = half.recv() => item,
                    () = sender.closed() => return,
                };
                let Some(item) = item else { return };
                place.send(item);
            }
        });
    }
    output
}
