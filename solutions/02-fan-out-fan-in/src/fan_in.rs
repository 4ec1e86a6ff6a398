//! # `fan-in`: merge many receivers into one
//!
//! - Every item comes out once, those of one input in their order. A silent input holds up nobody; a busy one lets at
//!   most 64 of its items overtake an item that waits elsewhere.
//! - At most `2 * inputs.len() + 1` items are taken and not yet read. While no item can move, no task runs.
//! - The output closes when every input is closed and drained, and not earlier.
//! - Dropping the output ends all tasks and drops all inputs, even silent ones.

use tokio::sync::mpsc;

/// Merges `inputs` into one receiver.
pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    // One place for all: each forwarder holds one more item in its hand. With more places the output would hide from
    // the senders that nobody reads; a number made from `inputs.len()` would also have to be more than zero.
    let (sender, output) = mpsc::channel(1);
    // A task for each input. One task over all of them (`select_all`, `StreamMap`) saves tasks, but there fairness is a
    // property of the combinator that has to be known. Here it comes from the channel: senders that wait for the place
    // get it in the order in which they asked.
    for input in inputs {
        tokio::spawn(forward(input, sender.clone()));
    }
    // The forwarders own the only senders, now that ours is dropped: the last one to end closes the output. Nobody
    // counts, and nobody calls `close`. A task that kept a sender to watch over the others would keep the output open.
    output
}

/// Moves items until the input is closed and drained, or the output dropped.
async fn forward<T>(mut input: mpsc::Receiver<T>, output: mpsc::Sender<T>) {
    loop {
        let item = tokio::select! {
            item = input.recv() => item,
            // A `send` that fails tells the same, but only once there is something to send.
            () = output.closed() => return,
        };
        // `None` is final: asking again would give `None` again, at once and for ever.
        let Some(item) = item else { return };
        // Not a branch of the `select!`: dropped half-way, `send` would take the item with it. It needs no company
        // either, because it fails when the output is dropped while it waits.
        if output.send(item).await.is_err() {
            return;
        }
    }
}
