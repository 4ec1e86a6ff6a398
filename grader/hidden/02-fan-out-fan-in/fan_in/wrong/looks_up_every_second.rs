//! caught by: waiting_costs_nothing (failed)
//! idea: A look every now and then, whether the reader is still there, costs nothing.

use tokio::sync::mpsc;
use tokio::time::{Duration, interval};

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            let mut looks = interval(Duration::from_secs(1));
            loop {
                tokio::select! {
                    item = input.recv() => {
                        let Some(item) = item else { return };
                        if sender.send(item).await.is_err() {
                            return;
                        }
                    }
                    _ = looks.tick() => if sender.is_closed() { return },
                }
            }
        });
    }
    output
}
