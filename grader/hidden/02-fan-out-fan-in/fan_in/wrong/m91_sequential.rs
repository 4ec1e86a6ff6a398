//! caught by: a_silent_input_holds_up_no_other (failed)
//! idea: To merge is to forward one input after the other.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        for mut input in inputs {
            loop {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = sender.closed() => return,
                };
                let Some(item) = item else { break };
                if sender.send(item).await.is_err() {
                    return;
                }
            }
        }
    });
    output
}
