//! # `event-loop`: messages, ticks and shutdown in one `select!`
//!
//! A service that does three things, one at a time: it handles messages as they come, does something every so often,
//! and stops when it is told to. All of it in one loop, in one task.
//!
//! ```rust,ignore
//! let (sender, receiver) = mpsc::channel(16);
//! let token = CancellationToken::new();
//!
//! let exit = event_loop(receiver, token.clone(), Duration::from_secs(1), |event| async move {
//!     match event {
//!         Event::Message(order) => book(order).await,
//!         Event::Tick => flush_to_disk().await,
//!     }
//! });
//! // Elsewhere: `sender.send(order).await`, `token.cancel()`, `drop(sender)`.
//! match exit.await {
//!     Exit::Cancelled => println!("told to stop"),
//!     Exit::Disconnected => println!("nobody is left to send anything"),
//! }
//! ```
//!
//! # The contract
//!
//! A handler starts when `on_event` is called, and ends when the future that it returned has ended.
//!
//! Handlers
//!
//! - **To the end.** A handler that was started is run to its end, whatever happens meanwhile: a message, a tick, a
//!   cancellation. Handlers never overlap.
//! - **Messages.** They are handled in the order in which they came, each of them once. An idle loop handles a message at
//!   the instant at which it comes.
//! - **Panic.** What becomes of the loop when a handler panics is up to you.
//!
//! Ticks
//!
//! - **Start.** The first tick is due one period, `every`, after the start: the first poll of `event_loop`. Then one is
//!   due every period, drift allowed: at least one handled within any two periods.
//! - **Under load.** That holds however full the queue is, and whatever the pace of the messages, as long as no handler
//!   takes more than a tenth of the period.
//! - **After a stall.** If a handler takes so long that ticks are missed, they are not made up for. One late tick may
//!   come at once, and the next one on the old beat or a period later; or the first one comes on the next beat.
//! - **Edges.** `every` is above zero. `Duration::MAX` means that there are no ticks, and does not panic.
//!
//! The end
//!
//! - **Cancelled.** From the moment at which `token` is cancelled no further handler starts, be the queue ever so full, a
//!   message just in or a tick due. `event_loop` returns `Cancelled` as soon as no handler runs: an idle loop at once.
//!   The messages that are left are dropped unhandled, also one that was received and not yet handled. Before the first
//!   poll is early enough, too: then no handler starts at all.
//! - **Disconnected.** When all senders are gone and every message has been handled, `event_loop` returns `Disconnected`
//!   at once: it does not wait for a tick.
//! - **Both.** If both are true, the answer is `Cancelled`. The loop itself never cancels `token`.
//!
//! At all times
//!
//! - **Idle.** A loop that has nothing to do costs nothing. It is woken by a message, a tick, a cancellation or the end
//!   of the senders, and does not go and look.
//! - **Dropped.** When the future is dropped, a handler that was running is dropped with it, and so are receiver,
//!   messages and `on_event`. No task stays behind, now or after the return.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What a handler is called for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<T> {
    /// A message has come.
    Message(T),
    /// A period is over.
    Tick,
}

/// Why the loop has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The token was cancelled.
    Cancelled,
    /// All senders are gone, and every message has been handled.
    Disconnected,
}

/// Calls `on_event` for every message from `rx` and for a tick every `every`, one at a time, until `token` is cancelled
/// or all senders are gone.
pub async fn event_loop<T, H, Fut>(
    rx: mpsc::Receiver<T>,
    token: CancellationToken,
    every: Duration,
    on_event: H,
) -> Exit
where
    H: FnMut(Event<T>) -> Fut,
    Fut: Future<Output = ()>,
{
    // own the ends: what has to live outside the loop, so that a turn of the loop does not begin it anew?
    // run: what may stand in a branch that another branch can cut short?
    // stop: three things can be true at the same moment. Which one is looked at first?
    let _ = (rx, token, every, on_event);
    todo!("wait for a cancellation, a tick and a message at the same time, and handle what comes, again and again")
}
