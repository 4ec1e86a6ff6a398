//! caught by: a_silent_input_holds_up_no_other (failed)
//! idea: Reserving a place before receiving costs the others nothing.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    for mut input in inputs {
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Ok(place) = sender.reserve().await {
                let item = tokio::select! {
                    item = input.recv() => item,
                    () = sender.closed() => return,
                };
                let Some(item) = item else { return };
                place.send(item);
            }
        });
    }
    output
}
