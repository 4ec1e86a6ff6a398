//! # `lossless-forward`: no item in flight when cancelled
//!
//! `forward(input, output, token)` moves items from one channel to another until there is a reason to stop, and says
//! which. It can be interrupted at any moment, and still no item is ever lost.
//!
//! ```rust,ignore
//! match forward(&mut orders, &warehouse, &token).await {
//!     Stop::InputClosed => println!("no order will ever come again; all have been passed on"),
//!     Stop::OutputClosed => println!("the warehouse is closed; the other orders are still in `orders`"),
//!     Stop::Cancelled => println!("interrupted; call `forward` again, and it goes on where it was"),
//! }
//! ```
//!
//! # The contract
//!
//! - **Moving.** Items move in order, each as soon as it is in `input` and there is a place in `output`. An `input`
//!   that is empty but open is waited for.
//! - **Stop.** `forward` returns when `input` is closed and all its items have moved (`InputClosed`), when `output` is
//!   closed (`OutputClosed`: its receiver is gone, or has called `close`), or when `token` is cancelled (`Cancelled`).
//!   If several of these hold, report whichever you like.
//! - **At once.** A cancel or a closed output ends `forward` at once, also while `input` is silent and while `output`
//!   is full. Only `InputClosed` may wait until there is a place in `output`.
//! - **Not lost.** At every moment each item is in `input` or in `output`, and nowhere else. So whenever `forward`
//!   returns, and wherever its future is dropped, all items are where somebody can find them, and another call of
//!   `forward` goes on with the next one.
//! - **After the reason.** Once the token is cancelled, at most one more item moves, also if another thread cancels it
//!   while items are moving. The same holds for a closed output. (An item that moves into an output whose receiver is
//!   gone shares the fate of all that were in there.)
//! - **Places.** While it waits, `forward` may keep one place in `output` reserved, not more.
//! - **Waiting is free.** Nothing is looked at again and again, neither in a circle nor by a timer.
//! - **Edges.** Each reason may hold before the call. Items may be of any type, also one that cannot leave its thread.

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
    // own the ends: what must be yours before you take an item out of `input`?
    // run
    // stop: which three things can end the waiting, and at which of the two places where you wait?
    let _ = (input, output, token);
    todo!("move items until the input is closed and empty, the output is closed, or the token is cancelled")
}
