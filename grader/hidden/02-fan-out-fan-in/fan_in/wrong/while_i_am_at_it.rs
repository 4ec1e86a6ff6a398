//! caught by: a_busy_input_starves_no_other (failed)
//! idea: Where one item is, there may be more: take them all while you are there.

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
            let Some(mut item) = item else {
                inputs.remove(index);
                continue;
            };
            loop {
                if sender.send(item).await.is_err() {
                    return;
                }
                match inputs[index].try_recv() {
                    Ok(next) => item = next,
                    Err(_) => break,
                }
            }
        }
    });
    output
}
