//! A terminal that is lent and given back as it was.

mod hangup;
mod keys;

use std::collections::VecDeque;
use std::io::{self, Write, stdout};
use std::panic;
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{poll, read};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate,
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};

pub use keys::Key;

/// A terminal whose keys come at once and unseen, with a screen of its own. Dropping it gives everything back.
#[derive(Debug)]
pub struct Terminal {
    /// What the screen shows.
    shown: Vec<String>,
    /// Keys that were pressed and not yet asked for.
    pressed: VecDeque<Key>,
}

impl Terminal {
    /// Borrows the terminal. A panic of the thread that has it gives it back before the message is printed, which
    /// would be lost with the screen otherwise.
    ///
    /// # Errors
    ///
    /// If this is no terminal, or one that can do nothing.
    pub fn borrow() -> io::Result<Self> {
        let terminal = Self { shown: Vec::new(), pressed: VecDeque::new() };
        let (whose, before) = (thread::current().id(), panic::take_hook());
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == whose {
                give_back();
            }
            before(panic);
        }));
        take()?;
        Ok(terminal)
    }

    /// Gives the terminal to somebody else for a while.
    ///
    /// # Errors
    ///
    /// If it cannot be taken back.
    pub fn lend<T>(&mut self, to: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = to();
        self.shown.clear();
        take()?;
        Ok(result)
    }

    /// Draws everything anew next time.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    /// Columns and lines.
    pub fn size(&self) -> (usize, usize) {
        // Some terminals do not know.
        let known = size().ok().filter(|(columns, lines)| *columns > 0 && *lines > 0);
        known.map_or((80, 24), |(columns, lines)| (columns.into(), lines.into()))
    }

    /// Waits for a key, for so long at most.
    ///
    /// # Errors
    ///
    /// If the terminal is gone.
    pub fn key(&mut self, at_most: Duration) -> io::Result<Option<Key>> {
        if self.pressed.is_empty() && poll(hangup::wait(at_most)?)? {
            self.pressed.extend(keys::keys(&read()?));
        }
        Ok(self.pressed.pop_front())
    }

    /// Shows these lines. Those that are there already are not written again.
    ///
    /// # Errors
    ///
    /// If the terminal is gone.
    pub fn show(&mut self, screen: Vec<String>) -> io::Result<()> {
        if screen == self.shown {
            return Ok(());
        }
        let mut out = stdout().lock();
        queue!(out, BeginSynchronizedUpdate)?;
        if self.shown.is_empty() {
            queue!(out, Clear(ClearType::All))?;
        }
        for (row, line) in screen.iter().enumerate() {
            if self.shown.get(row) != Some(line) {
                // Cleared first: behind a full line the cursor still stands on its last letter.
                let row = u16::try_from(row).unwrap_or(u16::MAX);
                queue!(out, MoveTo(0, row), Clear(ClearType::UntilNewLine))?;
                out.write_all(line.as_bytes())?;
                queue!(out, ResetColor)?;
            }
        }
        if screen.len() < self.shown.len() {
            queue!(out, MoveTo(0, u16::try_from(screen.len()).unwrap_or(u16::MAX)), Clear(ClearType::FromCursorDown))?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        out.flush()?;
        self.shown = screen;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, DisableLineWrap, Hide).inspect_err(|_| give_back())
}

/// Whether there is nobody left to give the terminal back to.
pub fn is_gone() -> bool {
    hangup::wait(Duration::ZERO).is_err()
}

/// May be done twice, and does what it can.
fn give_back() {
    let _ = execute!(stdout(), EndSynchronizedUpdate, ResetColor, EnableLineWrap, Show, LeaveAlternateScreen);
    let _ = disable_raw_mode();
}
