//! # `lossless-forward`: no item in flight when cancelled
//!
//! - Items move in order until `input` is closed and drained, `output` is closed, or `token` is cancelled; the reason
//!   is returned.
//! - A cancel or a closed output ends `forward` at once, also while `input` is silent or `output` full.
//! - At every moment each item is in `input` or in `output`: wherever the future is dropped, nothing is lost.
//! - After a cancel at most one more item moves. At most one place in `output` stays reserved.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Why `forward` stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The input is closed, and all its items have moved.
    InputClosed,
    /// Nobody will receive from the output any more.
    OutputClosed,
    /// The token is cancelled.
    Cancelled,
}

/// Moves items from `input` to `output` until there is a reason to stop, and returns it.
pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    loop {
        // The place comes before the item. An item that has been received and waits for a place is in neither channel;
        // `send` would own it meanwhile, and a `send` that loses a `select!` is dropped together with what it owns.
        //
        // `biased`, with the token first: without it `select!` begins at a random branch, and after a cancel it would
        // be luck how many more items move while both channels are ready.
        let place = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => match place {
                Ok(place) => place,
                Err(_) => return Stop::OutputClosed,
            },
        };
        // Both waits need the token. This one needs `closed`, too: `reserve` has noticed a closed output so far, but
        // the place is ours already, and if no item comes, nothing else would look at the output again.
        let item = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => item,
        };
        // From here to the next turn there is no `.await`, so nobody can drop us with the item in hand. `recv` itself
        // is safe to drop: it takes an item only at the moment in which it returns one.
        match item {
            Some(item) => place.send(item),
            // `None` is for ever. To go round again would be to spin.
            None => return Stop::InputClosed,
        }
    }
}
