//! A terminal that is lent and given back as it was.

use std::io::{self, Write, stdout};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};

use crate::report::{self, Paint, Replay};

/// Keys come at once and unseen, and the screen is another one. Dropping it gives everything back, also in a panic.
struct Borrowed;

impl Borrowed {
    fn begin() -> io::Result<Self> {
        enable_raw_mode()?;
        // From here on a drop mends whatever the next line leaves half done.
        let borrowed = Self;
        execute!(stdout(), EnterAlternateScreen, Hide)?;
        Ok(borrowed)
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let _ = execute!(stdout(), Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

/// What a key asks for.
enum Wish {
    Step(usize),
    Nothing,
    Quit,
}

/// Shows one step at a time until the reader has seen enough.
///
/// # Errors
///
/// If the terminal cannot be used.
pub fn step_through(replay: &Replay, paint: Paint) -> io::Result<()> {
    let _terminal = Borrowed::begin()?;
    let last = replay.story.steps.len();
    let mut at = 0;
    loop {
        draw(&report::frame(replay, at, columns(), lines(), paint))?;
        match wish(&read()?, at, last) {
            Wish::Step(step) => at = step,
            Wish::Nothing => {}
            Wish::Quit => return Ok(()),
        }
    }
}

fn wish(event: &Event, at: usize, last: usize) -> Wish {
    let Event::Key(KeyEvent { code, modifiers, kind: KeyEventKind::Press | KeyEventKind::Repeat, .. }) = event else {
        return Wish::Nothing;
    };
    match code {
        KeyCode::Char('c' | 'd') if modifiers.contains(KeyModifiers::CONTROL) => Wish::Quit,
        KeyCode::Char('q') | KeyCode::Esc => Wish::Quit,
        KeyCode::Right | KeyCode::Down | KeyCode::Enter | KeyCode::Char('n' | 'j' | 'l' | ' ') => {
            Wish::Step((at + 1).min(last))
        }
        KeyCode::Left | KeyCode::Up | KeyCode::Backspace | KeyCode::Char('p' | 'k' | 'h') => {
            Wish::Step(at.saturating_sub(1))
        }
        KeyCode::Home | KeyCode::Char('g') => Wish::Step(0),
        KeyCode::End | KeyCode::Char('G') => Wish::Step(last),
        _ => Wish::Nothing,
    }
}

fn draw(screen: &[String]) -> io::Result<()> {
    let mut out = stdout().lock();
    queue!(out, Clear(ClearType::All))?;
    for (row, line) in screen.iter().enumerate().take(lines()) {
        queue!(out, MoveTo(0, u16::try_from(row).unwrap_or(u16::MAX)))?;
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

fn columns() -> usize {
    size().map_or(80, |(columns, _)| columns.into())
}

fn lines() -> usize {
    size().map_or(24, |(_, lines)| lines.into())
}
