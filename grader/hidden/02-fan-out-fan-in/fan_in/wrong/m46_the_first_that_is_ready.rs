//! caught by: a_busy_input_starves_no_other (failed)
//! idea: `select_all` is fair to all of them.

use futures::future::select_all;
use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        while !inputs.is_empty() {
            let any = select_all(inputs.iter_mut().map(|input| Box::pin(input.recv())));
            let (item, index) = tokio::select! {
                (item, index, _) = any => (item, index),
                () = sender.closed() => return,
            };
            let Some(item) = item else {
                inputs.remove(index);
                continue;
            };
            if sender.send(item).await.is_err() {
                return;
            }
        }
    });
    output
}
