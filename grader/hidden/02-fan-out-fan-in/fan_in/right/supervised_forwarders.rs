//! right: Forwarders that know nothing of the end, in a set that a supervisor drops when the reader has left.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut forwarders = JoinSet::new();
        for mut input in inputs {
            let sender = sender.clone();
            forwarders.spawn(async move {
                while let Some(item) = input.recv().await {
                    let _ = sender.send(item).await;
                }
            });
        }
        let all_done = async { while forwarders.join_next().await.is_some() {} };
        tokio::select! {
            () = all_done => {}
            () = sender.closed() => {}
        }
    });
    output
}
