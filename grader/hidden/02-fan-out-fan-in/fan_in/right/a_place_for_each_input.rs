//! right: As many places as inputs, so that a forwarder may hold one while its input is silent.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(inputs.len().max(1));
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Ok(place) = sender.reserve().await {
                tokio::select! {
                    item = input.recv() => match item {
                        Some(item) => place.send(item),
                        None => return,
                    },
                    () = sender.closed() => return,
                }
            }
        });
    }
    output
}
