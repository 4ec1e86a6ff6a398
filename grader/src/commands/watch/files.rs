//! Which file was saved. By looking, without a library that watches: that works with every editor, on network folders
//! and in containers.
//!
//! The file that is worked on is read at every look; that costs less than a tenth of a millisecond, notices two saves
//! within one tick of the file system's clock, and makes network folders tell the truth. Of the others the time and
//! length are looked at, and one of them, in turn, is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// Editors that write a new file and rename it leave none for a moment.
const GONE: Duration = Duration::from_millis(250);

/// A save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Save {
    /// The file has another text.
    Changed,
    /// It was written, and its text is the same.
    Unchanged,
}

/// Looks at files.
#[derive(Debug)]
pub struct Files {
    files: Vec<File>,
    turn: usize,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    mark: Option<Mark>,
    text: Option<Vec<u8>>,
    gone_since: Option<Instant>,
}

/// What changes when a file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    modified: Option<SystemTime>,
    length: u64,
}

impl Files {
    /// Takes the files as they are now.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let files = paths.into_iter().map(|path| {
            let (mark, text) = (mark(&path), fs::read(&path).ok());
            File { path, mark, text, gone_since: None }
        });
        Self { files: files.collect(), turn: 0 }
    }

    /// What was saved since the last look, by number. `current` is the number of the file that is worked on.
    pub fn look(&mut self, current: usize, now: Instant) -> Vec<(usize, Save)> {
        self.turn = (self.turn + 1) % self.files.len().max(1);
        let turn = self.turn;
        let looked = self.files.iter_mut().enumerate();
        let saved = looked.map(|(at, file)| (at, file.look(at == current || at == turn, now)));
        saved.filter_map(|(at, save)| Some((at, save?))).collect()
    }
}

impl File {
    fn look(&mut self, read: bool, now: Instant) -> Option<Save> {
        let mark = mark(&self.path);
        let written = mark != self.mark;
        if !written && !read {
            return None;
        }
        let text = fs::read(&self.path).ok();
        if text.is_none() && self.text.is_some() {
            let since = *self.gone_since.get_or_insert(now);
            if now.duration_since(since) < GONE {
                return None;
            }
        }
        self.gone_since = None;
        let save = match (text == self.text, written) {
            (false, _) => Some(Save::Changed),
            (true, true) => Some(Save::Unchanged),
            (true, false) => None,
        };
        (self.mark, self.text) = (mark, text);
        save
    }
}

fn mark(path: &Path) -> Option<Mark> {
    let found = fs::metadata(path).ok()?;
    Some(Mark { modified: found.modified().ok(), length: found.len() })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::time::{Duration, Instant, SystemTime};

    use super::{Files, GONE, Save};
    use crate::catalog::scratch::Scratch;

    fn files() -> (Scratch, PathBuf, Files) {
        let scratch = Scratch::new();
        let paths: Vec<PathBuf> = ["a.rs", "b.rs", "c.rs", "d.rs"].map(|name| scratch.write(name, "text")).into();
        let files = Files::new(paths.clone());
        (scratch, paths[0].clone(), files)
    }

    /// Writes so that nothing but the text tells.
    fn write_unseen(path: &PathBuf, text: &str) {
        let modified = fs::metadata(path).and_then(|it| it.modified()).expect("it is there");
        fs::write(path, text).expect("it can be written");
        let file = fs::File::options().write(true).open(path).expect("it can be opened");
        file.set_modified(modified).expect("its time can be set");
    }

    #[test]
    fn nothing_saved_nothing_seen() {
        let (_scratch, _, mut files) = files();
        assert!((0..8).all(|_| files.look(0, Instant::now()).is_empty()));
    }

    #[test]
    fn a_save_is_seen_once() {
        let (scratch, _, mut files) = files();
        scratch.write("c.rs", "longer text");
        assert_eq!(files.look(0, Instant::now()), [(2, Save::Changed)]);
        assert!(files.look(0, Instant::now()).is_empty());
    }

    #[test]
    fn a_second_save_within_the_same_tick_of_the_clock_is_seen_at_once() {
        let (_scratch, path, mut files) = files();
        write_unseen(&path, "next");
        assert_eq!(files.look(0, Instant::now()), [(0, Save::Changed)]);
    }

    #[test]
    fn another_file_with_the_same_time_and_length_is_seen_when_its_turn_comes() {
        let (_scratch, path, mut files) = files();
        write_unseen(&path, "next");
        let seen: Vec<_> = (0..4).flat_map(|_| files.look(3, Instant::now())).collect();
        assert_eq!(seen, [(0, Save::Changed)]);
    }

    #[test]
    fn a_save_of_the_same_text_is_told_from_a_change() {
        let (_scratch, path, mut files) = files();
        let file = fs::File::options().write(true).open(path).expect("it can be opened");
        file.set_modified(SystemTime::now() + Duration::from_secs(7)).expect("its time can be set");
        assert_eq!(files.look(0, Instant::now()), [(0, Save::Unchanged)]);
    }

    #[test]
    fn a_file_that_is_away_for_a_moment_was_not_saved_and_one_that_stays_away_was() {
        let (scratch, path, mut files) = files();
        let now = Instant::now();
        fs::remove_file(&path).expect("it is there");
        assert!(files.look(0, now).is_empty());
        scratch.write("a.rs", "renamed");
        assert_eq!(files.look(0, now), [(0, Save::Changed)]);
        fs::remove_file(&path).expect("it is there");
        assert!(files.look(0, now).is_empty());
        assert_eq!(files.look(0, now + GONE), [(0, Save::Changed)]);
        assert!(files.look(0, now + GONE).is_empty());
    }
}
