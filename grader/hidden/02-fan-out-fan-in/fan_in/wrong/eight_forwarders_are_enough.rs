//! caught by: hundreds_of_open_inputs_are_heard (failed)
//! idea: A few workers that take turns can forward any number of inputs.

use futures::{StreamExt, stream};
use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        let forwarding = stream::iter(inputs).for_each_concurrent(8, |mut input| {
            let sender = &sender;
            async move {
                while let Some(item) = input.recv().await {
                    if sender.send(item).await.is_err() {
                        return;
                    }
                }
            }
        });
        tokio::select! {
            () = forwarding => {}
            () = sender.closed() => {}
        }
    });
    output
}
