//! The verdict channel: a file, because standard output and the exit code belong to the learner's code.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use protocol::{Answer, Envelope, Explored, Request};

/// The open channel; taken by the first answer, so that there is never a second.
static CHANNEL: Mutex<Option<(File, String)>> = Mutex::new(None);

/// Opens the file the request names.
pub fn open(request: &Request) -> io::Result<()> {
    let file = OpenOptions::new().append(true).open(&request.channel)?;
    *CHANNEL.lock().unwrap_or_else(PoisonError::into_inner) = Some((file, request.nonce.clone()));
    Ok(())
}

/// Writes the answer and ends the process. Of two threads that answer, the first is heard; the other waits here
/// for the end.
pub fn send_and_exit(answer: Answer, explored: Option<Explored>) -> ! {
    let mut channel = CHANNEL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((file, nonce)) = channel.as_mut() {
        let (nonce, source) = (nonce.clone(), super::source().fingerprint.to_owned());
        let envelope = Envelope { nonce, source, answer, explored };
        if let Ok(mut line) = serde_json::to_string(&envelope) {
            line.push('\n');
            // If this fails the grader finds no answer and says so.
            let _ = file.write_all(line.as_bytes());
        }
    }
    // Not `exit`: destructors and `atexit` handlers may be the learner's, and may hang.
    exit_now()
}

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "std has no exit that skips atexit handlers")]
fn exit_now() -> ! {
    // SAFETY: `_exit` has no preconditions.
    unsafe { libc::_exit(0) }
}

#[cfg(not(target_os = "linux"))]
fn exit_now() -> ! {
    std::process::exit(0)
}
