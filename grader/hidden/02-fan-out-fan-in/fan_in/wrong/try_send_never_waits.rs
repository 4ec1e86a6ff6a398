//! caught by: every_item_comes_out_once (failed)
//! idea: `try_send` is `send` without the waiting.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(inputs.len().max(1));
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    item = input.recv() => match item {
                        Some(item) => { let _ = sender.try_send(item); }
                        None => return,
                    },
                    () = sender.closed() => return,
                }
            }
        });
    }
    output
}
