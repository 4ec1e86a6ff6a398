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

/// An exercise is a page of code. Whatever is larger than this is another file by mistake.
const LARGEST: u64 = 1 << 20;

/// A pipe or a device would be read for ever.
fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?;
    if kind.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !kind.is_file() {
        return Err(io::Error::other("it is not an ordinary file"));
    }
    if kind.len() > LARGEST {
        return Err(io::Error::other("it is larger than 1 MiB"));
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{LARGEST, Source, fingerprint, is_untouched, read};
    use crate::catalog::scratch::Scratch;

    #[test]
    fn a_file_is_text_or_says_what_else() {
        let scratch = Scratch::new();
        let path = scratch.write("text.rs", "fn f() {}\n");
        assert_eq!(read(&path), Source::Text("fn f() {}\n".to_owned()));
        assert_eq!(read(&scratch.path().join("absent.rs")), Source::Missing);
        assert_eq!(read(scratch.path()), Source::Unreadable("it is a folder".to_owned()));
        fs::write(&path, b"fn f() {\n// \xff\n}\n").expect("the file can be written");
        assert_eq!(read(&path), Source::NotText { line: 2 });
        fs::write(&path, vec![b' '; 1 + LARGEST as usize]).expect("the file can be written");
        assert_eq!(read(&path), Source::Unreadable("it is larger than 1 MiB".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_not_a_missing_file() {
        let scratch = Scratch::new();
        let link = scratch.path().join("link.rs");
        std::os::unix::fs::symlink("nowhere.rs", &link).expect("a link can be made");
        assert_eq!(read(&link), Source::Unreadable("the link leads nowhere".to_owned()));
    }

    #[test]
    fn a_stub_with_other_line_ends_is_untouched() {
        assert!(is_untouched("fn f() {\r\n}\r\n", "fn f() {\n}\n"));
        assert!(is_untouched("fn f() {\n}", "fn f() {\n}\n"));
        assert!(!is_untouched("fn f() {\n\n}\n", "fn f() {\n}\n"));
    }

    #[test]
    fn fingerprints_of_equal_things_are_equal() {
        assert_eq!(fingerprint(("a", 1)), fingerprint(("a", 1)));
        assert_ne!(fingerprint(("a", 1)), fingerprint(("a", 2)));
        assert_eq!(fingerprint(0).len(), 16);
    }
}
