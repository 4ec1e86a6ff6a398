//! Terminals that are gone: the window was closed, the connection lost.
//!
//! Crossterm 0.29 reads from such a terminal for ever (its issue 793), on a core of its own. So it is asked only for what
//! is there to be read.

use std::io;
use std::time::Duration;

/// Waits until there may be something to read, for so long at most. Returns how long is still to be waited, where
/// that cannot be told.
///
/// # Errors
///
/// If the terminal is gone.
#[cfg(unix)]
pub fn wait(at_most: Duration) -> io::Result<Duration> {
    use std::os::fd::AsFd;

    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

    let keys = io::stdin();
    let mut keys = [PollFd::new(keys.as_fd(), PollFlags::POLLIN)];
    // Whoever is interrupted by a signal has waited long enough.
    let _ = poll(&mut keys, PollTimeout::try_from(at_most).unwrap_or(PollTimeout::MAX));
    let seen = keys[0].revents().unwrap_or(PollFlags::empty());
    if seen.contains(PollFlags::POLLHUP) {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal is gone"));
    }
    // Some systems cannot wait for every kind of terminal.
    Ok(if seen.contains(PollFlags::POLLNVAL) { at_most } else { Duration::ZERO })
}

/// Where a terminal's end is an error like any other.
#[cfg(not(unix))]
pub fn wait(at_most: Duration) -> io::Result<Duration> {
    Ok(at_most)
}
