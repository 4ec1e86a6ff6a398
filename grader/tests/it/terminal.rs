//! What a person at a terminal meets, in a terminal of the test's own.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use nix::pty::{Winsize, openpty};

use crate::support::Home;

/// A program in a terminal of 80 by 24.
struct Session {
    program: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    all: String,
}

impl Session {
    fn begin(home: &Home, arguments: &[&str]) -> Self {
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let terminal = openpty(Some(&size), None).expect("the system has terminals left");
        let end = |file: &File| Stdio::from(file.try_clone().expect("a handle can be cloned"));
        let inner = File::from(terminal.slave);
        let mut program = home.grader(arguments);
        program.env("TERM", "xterm-256color").env_remove("NO_COLOR");
        let program = program.stdin(end(&inner)).stdout(end(&inner)).spawn().expect("the grader starts");
        let keys = File::from(terminal.master);
        let mut screen = keys.try_clone().expect("a handle can be cloned");
        let (send, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // At the end of the program the terminal is gone, which reads as an error.
            while let Ok(count @ 1..) = screen.read(&mut bytes) {
                let _ = send.send(bytes[..count].to_vec());
            }
        });
        Self { program, keys, shown, all: String::new() }
    }

    /// Presses keys and returns the screen that shows `wanted`.
    fn press(&mut self, keys: &str, wanted: &str) -> String {
        self.keys.write_all(keys.as_bytes()).expect("the program reads keys");
        let (begun, from) = (Instant::now(), self.all.len());
        while !self.all[from..].contains(wanted) {
            let left = Duration::from_secs(120).saturating_sub(begun.elapsed());
            let bytes =
                self.shown.recv_timeout(left).unwrap_or_else(|_| panic!("no {wanted:?} in {:?}", &self.all[from..]));
            self.all.push_str(&String::from_utf8_lossy(&bytes));
        }
        self.all[from..].to_owned()
    }

    /// The exit code and everything that was shown.
    fn end(mut self) -> (Option<i32>, String) {
        let status = self.program.wait().expect("the program can be waited for");
        drop(self.keys);
        while let Ok(bytes) = self.shown.recv_timeout(Duration::from_secs(1)) {
            self.all.push_str(&String::from_utf8_lossy(&bytes));
        }
        (status.code(), self.all)
    }
}

#[test]
fn a_replay_is_stepped_through_and_leaves_the_terminal_as_it_was() {
    let home = Home::fresh();
    home.put_hostile("shared_count", "loses_an_update");
    let mut session = Session::begin(&home, &["replay", "shared-count"]);
    let first = session.press("", "q quit");
    assert!(first.contains("\u{1b}[?1049h"), "a screen of its own: {first:?}");
    let second = session.press("n", "q quit");
    assert!(second.contains("   2  "), "{second:?}");
    let back = session.press("p", "q quit");
    assert!(back.contains("   1  "), "{back:?}");
    let end = session.press("G", "q quit");
    assert!(end.contains("the end: expected the count: 2, seen 1"), "{end:?}");
    session.press("q", "\u{1b}[?1049l");
    let (code, all) = session.end();
    assert_eq!(code, Some(0));
    assert!(all.contains("\u{1b}[?25h"), "the cursor is back");
}

#[test]
fn ctrl_c_ends_a_replay_like_q() {
    let home = Home::fresh();
    home.put_hostile("shared_count", "loses_an_update");
    let mut session = Session::begin(&home, &["replay", "shared-count"]);
    session.press("", "q quit");
    session.press("\u{3}", "\u{1b}[?1049l");
    assert_eq!(session.end().0, Some(0));
}
