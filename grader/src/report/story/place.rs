//! Places in words.

use std::path::Path;

use protocol::{Place, TestInfo};

use super::Subject;

/// Whose code a place lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The file that was graded.
    Learner,
    /// The hidden tests.
    Test,
    /// A library.
    Other,
}

/// Whose code a place lies in.
pub fn owner(place: &Place, subject: &Subject<'_>, test: &TestInfo) -> Owner {
    match () {
        () if place.file == test.place.file => Owner::Test,
        () if Path::new(&place.file).ends_with(&subject.path) => Owner::Learner,
        () => Owner::Other,
    }
}

/// `worker_pool.rs:31:43`, `line 212 of the hidden tests`, `tokio-1.54.1/src/task/spawn.rs:12`.
pub fn place(place: &Place, subject: &Subject<'_>, test: &TestInfo) -> String {
    let Place { file, line, column } = place;
    match owner(place, subject, test) {
        Owner::Learner => {
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            let column = column.map(|column| format!(":{column}")).unwrap_or_default();
            format!("{name}:{line}{column}")
        }
        Owner::Test => format!("line {line} of the hidden tests"),
        Owner::Other => format!("{}:{line}", in_library(file)),
    }
}

/// A library's file without the folders that only this machine has: `…/registry/src/<index>/`, `/rustc/<commit>/`.
fn in_library(file: &str) -> &str {
    ["/registry/src/", "/rustc/"]
        .iter()
        .find_map(|folder| file.split_once(folder)?.1.split_once('/'))
        .map_or(file, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::in_library;

    #[test]
    fn a_librarys_file_is_named_without_the_machines_folders() {
        let tokio = "/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/tokio-1.54.1/src/task/spawn.rs";
        assert_eq!(in_library(tokio), "tokio-1.54.1/src/task/spawn.rs");
        let core = "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs";
        assert_eq!(in_library(core), "library/core/src/slice/index.rs");
        assert_eq!(in_library("/home/me/lab/src/gate.rs"), "/home/me/lab/src/gate.rs");
    }
}
