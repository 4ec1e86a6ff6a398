//! caught by: a_dropped_output_ends_everything_though_the_inputs_are_busy (failed)
//! idea: Whether anybody reads is not the forwarder's business.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Some(item) = input.recv().await {
                let _ = sender.send(item).await;
            }
        });
    }
    output
}
