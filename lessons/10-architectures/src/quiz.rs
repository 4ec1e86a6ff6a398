//! What the quiz asks about.

use std::collections::HashMap;
use std::sync::Mutex;

use tokio::sync::mpsc::{Receiver, Sender};

/// Something to be noted, now or later.
pub enum Note {
    /// Is written down.
    Now(String),
    /// Is sent back to the diary.
    Later(String),
}

// ANCHOR: diary
/// Notes what it is told, until nobody can tell it any more.
pub async fn diary(mut notes: Receiver<Note>, myself: Sender<Note>) -> Vec<String> {
    let mut written = Vec::new();
    while let Some(note) = notes.recv().await {
        match note {
            Note::Now(text) => written.push(text),
            Note::Later(text) => drop(myself.try_send(Note::Now(text))),
        }
    }
    written
}
// ANCHOR_END: diary

// ANCHOR: both
/// Adds what two parts of a map know about a name.
pub fn both(parts: &[Mutex<HashMap<String, u32>>], a: usize, b: usize, name: &str) -> u32 {
    let first = parts[a].lock().unwrap();
    let second = parts[b].lock().unwrap();
    first.get(name).unwrap_or(&0) + second.get(name).unwrap_or(&0)
}
// ANCHOR_END: both

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::mpsc;
    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_diary_that_holds_itself_never_ends() {
        let (notes, inbox) = mpsc::channel(4);
        let writing = tokio::spawn(diary(inbox, notes.clone()));
        assert!(notes.send(Note::Later("call".to_string())).await.is_ok());
        drop(notes);
        assert!(timeout(Duration::from_secs(3600), writing).await.is_err());
    }

    #[test]
    fn two_parts_are_added() {
        let part = |count| Mutex::new(HashMap::from([("Ada".to_string(), count)]));
        assert_eq!(both(&[part(1), part(2)], 0, 1, "Ada"), 3);
    }
}
