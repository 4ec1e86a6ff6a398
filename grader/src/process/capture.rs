//! Keeping a bounded part of a process's output.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How much of the beginning and of the end is kept.
const KEPT: usize = 16 * 1024;

/// Output of a process: the beginning, the end, and how much there was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// The first part; everything, if there was little.
    pub head: String,
    /// The last part, if there was more than `head` holds.
    pub tail: String,
    /// How many bytes there were in all.
    pub bytes: u64,
}

impl Captured {
    /// All of a short text.
    pub fn of(text: &str) -> Self {
        Self { head: text.to_owned(), tail: String::new(), bytes: text.len() as u64 }
    }

    /// Both parts, with a remark where something was left out.
    pub fn text(&self) -> String {
        let left_out = self.bytes.saturating_sub((self.head.len() + self.tail.len()) as u64);
        if left_out == 0 {
            return format!("{}{}", self.head, self.tail);
        }
        format!("{}\n… {left_out} bytes left out …\n{}", self.head, self.tail)
    }
}

#[derive(Default)]
struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    bytes: u64,
}

/// A reader at work.
pub struct Capture {
    kept: Arc<Mutex<Kept>>,
    done: mpsc::Receiver<()>,
}

impl Capture {
    /// Starts reading; `None` counts as empty.
    pub fn start(pipe: Option<impl Read + Send + 'static>) -> Self {
        let kept: Arc<Mutex<Kept>> = Arc::default();
        let (sender, done) = mpsc::channel();
        let shared = kept.clone();
        thread::spawn(move || {
            if let Some(mut pipe) = pipe {
                let mut buffer = [0; KEPT];
                while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                    shared.lock().unwrap_or_else(PoisonError::into_inner).keep(&buffer[..count]);
                }
            }
            let _ = sender.send(());
        });
        Self { kept, done }
    }

    /// What was read, at the latest after `patience`: a process that was not found may hold the pipe for ever.
    pub fn finish(self, patience: Duration) -> Captured {
        match self.done.recv_timeout(patience) {
            Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (front, back) = kept.tail.as_slices();
        Captured {
            head: String::from_utf8_lossy(&kept.head).into_owned(),
            tail: String::from_utf8_lossy(&[front, back].concat()).into_owned(),
            bytes: kept.bytes,
        }
    }
}

impl Kept {
    fn keep(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        let to_head = bytes.len().min(KEPT - self.head.len());
        self.head.extend_from_slice(&bytes[..to_head]);
        self.tail.extend(&bytes[to_head..]);
        let surplus = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::time::Duration;

    use super::{Capture, KEPT};

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn little_output_is_kept_whole() {
        let captured = Capture::start(Some(Cursor::new("hello"))).finish(PATIENCE);
        assert_eq!((captured.text(), captured.bytes), ("hello".to_owned(), 5));
    }

    #[test]
    fn of_much_output_the_beginning_and_the_end_are_kept() {
        let text = format!("begin{}end", "x".repeat(10 * KEPT));
        let captured = Capture::start(Some(Cursor::new(text.clone()))).finish(PATIENCE);
        assert!(captured.head.starts_with("begin") && captured.tail.ends_with("end"));
        assert_eq!((captured.head.len(), captured.tail.len(), captured.bytes), (KEPT, KEPT, text.len() as u64));
        assert!(captured.text().contains("bytes left out"));
    }
}
