//! Signals from outside.

use std::io;

/// Tells whether somebody wants the program to end, who does not sit at the keyboard.
#[cfg(unix)]
pub fn quit() -> io::Result<impl Fn() -> bool> {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, asked.clone())?;
    }
    Ok(move || asked.load(Ordering::Relaxed))
}

/// Where there are no signals nobody does.
#[cfg(not(unix))]
pub fn quit() -> io::Result<impl Fn() -> bool> {
    Ok(|| false)
}
