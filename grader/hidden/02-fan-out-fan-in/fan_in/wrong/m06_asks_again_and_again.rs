//! caught by: waiting_costs_nothing (failed)
//! idea: `try_recv` in a loop waits for whichever input is first.

use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::task::yield_now;

pub fn fan_in<T: Send + 'static>(mut inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    tokio::spawn(async move {
        while !inputs.is_empty() && !sender.is_closed() {
            let mut index = 0;
            while index < inputs.len() {
                match inputs[index].try_recv() {
                    Ok(item) => {
                        if sender.send(item).await.is_err() {
                            return;
                        }
                        index += 1;
                    }
                    Err(TryRecvError::Empty) => index += 1,
                    Err(TryRecvError::Disconnected) => drop(inputs.remove(index)),
                }
            }
            yield_now().await;
        }
    });
    output
}
