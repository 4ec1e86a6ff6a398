//! right: A set of futures, each of which gives its receiver back together with an item.

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;

async fn take<T>(mut input: mpsc::Receiver<T>) -> Option<(T, mpsc::Receiver<T>)> {
    let item = input.recv().await?;
    Some((item, input))
}

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(inputs.len() + 1);
    let mut takes: FuturesUnordered<_> = inputs.into_iter().map(take).collect();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                taken = takes.next() => match taken {
                    None => return,
                    Some(None) => {}
                    Some(Some((item, input))) => {
                        takes.push(take(input));
                        if sender.send(item).await.is_err() {
                            return;
                        }
                    }
                },
                () = sender.closed() => return,
            }
        }
    });
    output
}
