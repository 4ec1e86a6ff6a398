//! caught by: without_inputs_the_output_is_closed (failed)
//! idea: One place in the output for each input is always a place.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(inputs.len());
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            loop {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = sender.closed() => return,
                };
                let Some(item) = item else { return };
                if sender.send(item).await.is_err() {
                    return;
                }
            }
        });
    }
    output
}
