//! caught by: every_item_comes_out_once (failed)
//! idea: A `send` that loses the race is simply made again.

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let Some(mut last) = inputs.pop() else { return output };
    // The last input is merged with what comes from all before it.
    let mut others = fan_in(inputs);
    tokio::spawn(async move {
        let mut held = None;
        loop {
            let forward = async {
                match held.take() {
                    Some(item) => sender.send(item).await.is_ok(),
                    None => std::future::pending().await,
                }
            };
            held = tokio::select! {
                biased;
                () = sender.closed() => return,
                sent = forward => if sent { None } else { return },
                Some(item) = last.recv() => Some(item),
                Some(item) = others.recv() => Some(item),
                else => return,
            };
        }
    });
    output
}
