//! caught by: a_dropped_output_ends_everything_though_the_inputs_are_silent (failed)
//! idea: When the task that spawned them ends, the forwarders end with it.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut forwarders = Vec::new();
        for mut input in inputs {
            let sender = sender.clone();
            forwarders.push(tokio::spawn(async move {
                while let Some(item) = input.recv().await {
                    if sender.send(item).await.is_err() {
                        return;
                    }
                }
            }));
        }
        tokio::select! {
            () = sender.closed() => {}
            _ = futures::future::join_all(forwarders) => {}
        }
    });
    output
}
