//! caught by: the_output_closes_when_all_inputs_are_closed_and_drained (failed)
//! idea: `None` means that there is nothing at the moment.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    item = input.recv() => {
                        if let Some(item) = item {
                            if sender.send(item).await.is_err() {
                                return;
                            }
                        }
                    }
                    () = sender.closed() => return,
                }
            }
        });
    }
    output
}
