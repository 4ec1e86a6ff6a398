//! Signals from outside.

use std::io;

/// Tells whether somebody wants the program to end, who does not sit at the keyboard.
#[cfg(unix)]
pub fn quit() -> io::Result<impl Fn() -> bool> {
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use nix::unistd::dup2_stdin;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use crate::terminal;

    let asked = Arc::new(AtomicBool::new(false));
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let (silence, open) = UnixStream::pair()?;
    silence.set_nonblocking(true)?;
    let ask = asked.clone();
    thread::spawn(move || {
        let _open = open;
        for _ in signals.forever() {
            // Should the terminal be gone in the very moment of being read, it would be read for ever.
            if terminal::is_gone() {
                let _ = dup2_stdin(&silence);
            }
            ask.store(true, Ordering::Relaxed);
        }
    });
    Ok(move || asked.load(Ordering::Relaxed))
}

/// Where there are no signals nobody does.
#[cfg(not(unix))]
pub fn quit() -> io::Result<impl Fn() -> bool> {
    Ok(|| false)
}
