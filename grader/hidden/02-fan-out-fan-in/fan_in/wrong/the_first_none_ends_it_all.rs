//! caught by: the_output_stays_open_while_one_input_is_open (failed)
//! idea: When `recv` gives `None`, everything is over.

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
            let Some(item) = item else { return };
            if sender.send(item).await.is_err() {
                return;
            }
            // The one that had its turn goes to the end.
            inputs[index..].rotate_left(1);
        }
    });
    output
}
