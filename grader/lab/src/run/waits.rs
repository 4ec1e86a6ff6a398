//! Where tasks wait.

use std::future::Future;
use std::pin::Pin;

use protocol::Waiting;

/// A future whose wait can be looked at.
pub type Traced<F> = F;

/// Wraps the body, so that [`of_everybody`] can look into it.
pub fn traced<F: Future>(future: F) -> Traced<F> {
    future
}

/// Where every spawned task waits.
pub async fn of_tasks() -> Vec<Waiting> {
    Vec::new()
}

/// Where the body and every spawned task wait.
pub async fn of_everybody<F: Future>(_body: Pin<&mut Traced<F>>) -> Vec<Waiting> {
    Vec::new()
}
