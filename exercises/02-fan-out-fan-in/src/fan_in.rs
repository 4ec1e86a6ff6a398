//! # `fan-in`: merge many receivers into one
//!
//! Several producers, each with a channel of its own, and a consumer that wants to listen in one place: `fan_in` takes
//! over the receiving ends and returns one receiver that yields all their items.
//!
//! ```rust,ignore
//! let mut readings = fan_in(vec![kitchen, cellar, roof]); // all of them `mpsc::Receiver<Reading>`
//! while let Some(reading) = readings.recv().await {
//!     println!("{reading}");
//! }
//! // All three sensors have hung up, and every reading has been printed.
//! ```
//!
//! # The contract
//!
//! `fan_in` is called inside a tokio runtime and returns at once. What has to be done afterwards is done by tasks of
//! that runtime. `T` is any type that is `Send + 'static`.
//!
//! What comes out
//!
//! - **Everything, once.** Every item of every input comes out of the output, once. Items of one input come out in the
//!   order in which they were sent. Between inputs, any order will do.
//! - **Nobody waits for the silent.** An item comes out as soon as it is sent and the output is read, though all other
//!   inputs, any number of them, are open and silent.
//! - **Nobody is starved.** While an item waits in its input, at most 64 items of each other input overtake it, however
//!   busy those are.
//!
//! Bounds
//!
//! - **Back-pressure.** At no time are more than `2 * inputs.len() + 1` items on their way: taken from an input, and
//!   not yet read from the output. The others stay in their channels, where they make their senders wait.
//! - **Waiting is free.** While no item can move, no task runs. There is no timer, and no loop that looks again and
//!   again.
//!
//! The end
//!
//! - **Closing.** The output closes when every input is closed and all items have been read: `recv` then gives `None`,
//!   without waiting for time to pass. As long as a single input is open, the output is open. Without inputs it is
//!   closed from the start.
//! - **Dropping.** When the output is dropped, all tasks end and all inputs are dropped, with the items in them: as
//!   soon as the tasks get their turn, whether the inputs are silent or busy.

use tokio::sync::mpsc;

/// Merges `inputs` into one receiver.
pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    // own the ends: who holds a sender of the output, and for how long?
    // bound
    // run: what does a task wait for while its input is silent?
    // stop
    let _ = inputs;
    todo!("make the output, let tasks move the items from the inputs into it, and return its receiver")
}
