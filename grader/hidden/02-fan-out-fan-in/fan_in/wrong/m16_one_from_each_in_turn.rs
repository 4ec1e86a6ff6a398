//! caught by: a_silent_input_holds_up_no_other (failed)
//! idea: A loop over the inputs asks all of them.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        while !inputs.is_empty() {
            let mut open = Vec::new();
            for mut input in inputs {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = sender.closed() => return,
                };
                if let Some(item) = item {
                    if sender.send(item).await.is_err() {
                        return;
                    }
                    open.push(input);
                }
            }
            inputs = open;
        }
    });
    output
}
