//! right: A hand-written poll that begins behind the input it took from last; up to 64 items of one input in a row.

use std::future::poll_fn;
use std::task::Poll;

use tokio::sync::mpsc;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        let (mut first, mut in_a_row) = (0, 0);
        loop {
            let next = poll_fn(|context| {
                let mut step = 0;
                while step < inputs.len() {
                    let index = (first + step) % inputs.len();
                    match inputs[index].poll_recv(context) {
                        Poll::Ready(Some(item)) => return Poll::Ready(Some((index, item))),
                        Poll::Ready(None) => {
                            inputs.remove(index);
                            (first, in_a_row, step) = (0, 0, 0);
                        }
                        Poll::Pending => step += 1,
                    }
                }
                if inputs.is_empty() { Poll::Ready(None) } else { Poll::Pending }
            });
            let next = tokio::select! {
                next = next => next,
                () = sender.closed() => None,
            };
            let Some((index, item)) = next else { return };
            in_a_row = if index == first { in_a_row + 1 } else { 1 };
            first = index;
            if in_a_row == 64 {
                (first, in_a_row) = (index + 1, 0);
            }
            if sender.send(item).await.is_err() {
                return;
            }
        }
    });
    output
}
