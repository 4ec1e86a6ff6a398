//! What the tests of this lesson share.

use std::panic;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Runs `body`, which may hang where the code under test is wrong, on a thread of its own. The time is a
/// verdict on a hang only: nothing here waits for it when all is well.
pub fn within_ten_seconds<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> R {
    let (done, result) = mpsc::channel();
    let thread = thread::spawn(move || {
        // The receiver is only gone when the test has failed already.
        let _ = done.send(body());
    });
    match result.recv_timeout(Duration::from_secs(10)) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => panic!("still not done after ten seconds"),
        Err(RecvTimeoutError::Disconnected) => match thread.join() {
            Err(payload) => panic::resume_unwind(payload),
            Ok(()) => unreachable!("the body returned without a result"),
        },
    }
}
