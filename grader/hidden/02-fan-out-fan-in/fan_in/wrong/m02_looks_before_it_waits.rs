//! caught by: a_dropped_output_ends_everything_though_the_inputs_are_silent (failed)
//! idea: Asking before each `recv` whether the reader is still there is enough.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            while !sender.is_closed() {
                let Some(item) = input.recv().await else { return };
                if sender.send(item).await.is_err() {
                    return;
                }
            }
        });
    }
    output
}
