//! A program in a terminal of the test's own.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::pty::{Winsize, openpty};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{Termios, tcgetattr};
use nix::unistd::Pid;
use vt100::Parser;

use super::Home;
use super::processes::until;

/// Longer than anything takes that a test waits for.
const PATIENCE: Duration = Duration::from_secs(120);

/// What stands around everything that is drawn at once.
const DRAWING: (&str, &str) = ("\u{1b}[?2026h", "\u{1b}[?2026l");

/// A program at a terminal.
pub struct Session {
    program: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    screen: Parser,
    /// Everything that was written, escape sequences and all.
    pub written: String,
    inner: File,
    before: Termios,
    /// Whoever reads what is shown shall stop.
    hangs_up: Arc<AtomicBool>,
    reading: Option<JoinHandle<()>>,
}

impl Session {
    /// Starts the grader in a terminal of 80 by 24.
    pub fn begin(home: &Home, arguments: &[&str]) -> Self {
        Self::begin_with(home.grader(arguments), 80, 24)
    }

    /// Starts a program in a terminal.
    pub fn begin_with(mut program: std::process::Command, columns: u16, rows: u16) -> Self {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let terminal = openpty(Some(&size), None).expect("the system has terminals left");
        // A program that had its own terminal's other end would never see it closed.
        for end in [&terminal.master, &terminal.slave] {
            rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC).expect("it is open");
        }
        let end = |file: &File| Stdio::from(file.try_clone().expect("a handle can be cloned"));
        let inner = File::from(terminal.slave);
        let before = tcgetattr(&inner).expect("it is a terminal");
        // What a test has not set itself is nobody's.
        for variable in ["NO_COLOR", "EDITOR", "VISUAL", "TERM_PROGRAM", "FORCE_HYPERLINK"] {
            if !program.get_envs().any(|(set, _)| set == variable) {
                program.env_remove(variable);
            }
        }
        program.env("TERM", "xterm-256color").stdin(end(&inner)).stdout(end(&inner)).stderr(end(&inner));
        let program = program.spawn().expect("the program starts");
        let keys = File::from(terminal.master);
        let mut outer = keys.try_clone().expect("a handle can be cloned");
        let (send, shown) = channel();
        let hangs_up = Arc::new(AtomicBool::new(false));
        let stop = hangs_up.clone();
        let reading = thread::spawn(move || {
            let mut bytes = [0; 4096];
            // At the end of the program the terminal is gone, which reads as an error.
            while let Ok(count @ 1..) = outer.read(&mut bytes) {
                let _ = send.send(bytes[..count].to_vec());
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let (screen, written) = (parser(columns, rows), String::new());
        Self { program, keys, shown, screen, written, inner, before, hangs_up, reading: Some(reading) }
    }

    /// Takes the terminal away, as closing its window does, and waits for the program's end.
    pub fn hang_up(mut self) {
        self.hangs_up.store(true, Ordering::Relaxed);
        // Something has to be shown, or whoever reads it does not wake.
        self.press("\u{c}");
        self.reading.take().expect("it reads").join().expect("it only reads");
        self.keys = self.inner.try_clone().expect("a handle can be cloned");
        until("the program has ended", || self.program.try_wait().expect("it can be waited for").is_some());
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads keys");
    }

    /// Waits for a screen that shows this, and returns it.
    pub fn until(&mut self, wanted: &str) -> String {
        self.until_that(&format!("{wanted:?}"), |screen| screen.contains(wanted))
    }

    /// Waits for a screen that is as it should be, and returns it. Never one of which a part is still the one before.
    pub fn until_that(&mut self, what: &str, is_it: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let screen = self.screen.screen().contents();
            if self.is_drawn() && is_it(&screen) {
                return screen;
            }
            let left = PATIENCE.saturating_sub(begun.elapsed());
            match self.shown.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} on this screen:\n{screen}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the program ended without {what}:\n{screen}"),
            }
        }
    }

    /// Whether the screen is one of its own, which leaves the old one as it was.
    pub fn has_own_screen(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = rustix::termios::Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        rustix::termios::tcsetwinsize(&self.keys, size).expect("a terminal can be resized");
        self.screen = parser(columns, rows);
        self.signal(Signal::SIGWINCH);
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill(self.id(), signal).expect("the program is there");
    }

    /// The program's process.
    pub fn id(&self) -> Pid {
        Pid::from_raw(self.program.id().cast_signed())
    }

    /// Waits for the end. Returns the exit code and what the learner's own screen shows. The terminal is as it was.
    pub fn end(mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        let status = loop {
            while let Ok(bytes) = self.shown.try_recv() {
                self.take(&bytes);
            }
            if let Some(status) = self.program.try_wait().expect("the program can be waited for") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end:\n{}", self.screen.screen().contents());
            thread::sleep(Duration::from_millis(2));
        };
        assert_eq!(tcgetattr(&self.inner).expect("it is a terminal"), self.before, "how the terminal handles keys");
        // What was written last has still to be read; then nothing more comes.
        while let Ok(bytes) = self.shown.recv_timeout(Duration::from_millis(200)) {
            self.take(&bytes);
        }
        assert!(!self.screen.screen().alternate_screen(), "the old screen is back");
        assert!(!self.screen.screen().hide_cursor(), "the cursor is back");
        (status.code(), self.screen.screen().contents())
    }

    /// Whether everything that was begun to be drawn is there.
    fn is_drawn(&self) -> bool {
        let (begin, end) = DRAWING;
        self.written.rfind(begin) <= self.written.rfind(end)
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.written.push_str(&String::from_utf8_lossy(bytes));
    }
}

fn parser(columns: u16, rows: u16) -> Parser {
    let size = |count| NonZero::new(count).expect("a terminal has room for something");
    Parser::new(size(rows), size(columns), 0)
}

impl Drop for Session {
    /// A test that failed leaves nobody behind.
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
