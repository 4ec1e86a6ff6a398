//! From what a terminal reports to keys.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key that was pressed, or what else a terminal reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, a digit, a sign.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Back,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Ctrl-C or Ctrl-D.
    Interrupt,
    /// Ctrl-L: draw everything again, please.
    Redraw,
    /// The terminal has another size now.
    Resized,
}

/// The keys that an event stands for: none, one, or two.
///
/// A terminal sends Alt and a letter as Escape and the letter, so nobody can tell it from Escape and a letter in quick
/// succession, or from both on one slow line. Alt means nothing here: they are two keys.
pub fn keys(event: &Event) -> impl Iterator<Item = Key> {
    let (escape, key) = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            (key.modifiers == KeyModifiers::ALT && matches!(key.code, KeyCode::Char(_)), from(*key))
        }
        Event::Resize(..) => (false, Some(Key::Resized)),
        _ => (false, None),
    };
    escape.then_some(Key::Escape).into_iter().chain(key)
}

fn from(KeyEvent { code, modifiers, .. }: KeyEvent) -> Option<Key> {
    if modifiers.contains(KeyModifiers::CONTROL) {
        return match code {
            KeyCode::Char('c' | 'd') => Some(Key::Interrupt),
            KeyCode::Char('l') => Some(Key::Redraw),
            _ => None,
        };
    }
    Some(match code {
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Back,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}
