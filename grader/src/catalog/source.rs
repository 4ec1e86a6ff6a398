//! The text of a file to be graded.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::ErrorKind;
use std::path::Path;
use std::{fs, io};

/// A file to be graded, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Text.
    Text(String),
    /// There is no such file.
    Missing,
    /// Not UTF-8; the line with the first byte that is not.
    NotText {
        /// From 1.
        line: u32,
    },
    /// It is there and cannot be read; why.
    Unreadable(String),
}

/// Reads a file to be graded.
pub fn read(path: &Path) -> Source {
    match read_regular(path) {
        Ok(bytes) => String::from_utf8(bytes).map_or_else(
            |error| {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
                Source::NotText { line: u32::try_from(line).unwrap_or(u32::MAX) }
            },
            Source::Text,
        ),
        Err(error) if error.kind() == ErrorKind::NotFound && path.symlink_metadata().is_err() => Source::Missing,
        Err(error) if error.kind() == ErrorKind::NotFound => Source::Unreadable("the link leads nowhere".to_owned()),
        Err(error) => Source::Unreadable(error.to_string()),
    }
}

/// A pipe or a device would be read for ever.
fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?;
    if kind.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !kind.is_file() {
        return Err(io::Error::other("it is not an ordinary file"));
    }
    fs::read(path)
}

/// Whether the text is the stub's, line ends aside.
pub fn is_untouched(text: &str, stub: &str) -> bool {
    text.lines().eq(stub.lines())
}

/// A fingerprint of anything; equal within one build of the grader for equal input, 16 hexadecimal digits.
pub fn fingerprint(of: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
