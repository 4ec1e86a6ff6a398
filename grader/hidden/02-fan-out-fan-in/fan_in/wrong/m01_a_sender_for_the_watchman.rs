//! caught by: the_output_closes_when_all_inputs_are_closed_and_drained (failed)
//! idea: A sender that nobody sends with does not count.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let mut forwarders = JoinSet::new();
    for mut input in inputs {
        let sender = sender.clone();
        forwarders.spawn(async move {
            while let Some(item) = input.recv().await {
                if sender.send(item).await.is_err() {
                    return;
                }
            }
        });
    }
    tokio::spawn(async move {
        sender.closed().await;
        forwarders.shutdown().await;
    });
    output
}
