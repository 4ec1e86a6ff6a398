//! The fixture workbook, and two ways to grade with it: through the library, and with the program.

mod fixture;
mod folder;
#[cfg(unix)]
mod home;
#[cfg(target_os = "linux")]
pub mod processes;
#[cfg(unix)]
mod session;

use std::path::{Path, PathBuf};
use std::time::Duration;

use grader::catalog::Workbook;
use grader::process::Runner;
use grader::stop::Stop;

pub use fixture::{Fixture, program, right};
pub use folder::{Folder, right_text, stub_text};
#[cfg(unix)]
pub use home::{Finished, Home, finish};
#[cfg(unix)]
pub use session::Session;

/// The program under test; also what a test's cell is made of.
pub const GRADER: &str = env!("CARGO_BIN_EXE_grader");

/// Longer than anything here takes. Whoever reaches it hangs.
#[cfg(unix)]
pub const FOR_EVER: Duration = Duration::from_secs(300);

/// The repository: the lab and the lock file are found there.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository")
}

/// The fixture workbook.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbook")
}

/// A folder for one test's files, the same in every run, so that what was built from it is still there.
pub fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The fixture workbook with the learner's files in `exercises`. Dependencies are built where the grader itself
/// builds them, so that they are built once.
pub fn workbook(exercises: PathBuf) -> Workbook {
    Workbook { hidden: fixtures().join("hidden"), exercises, progress: None, ..Workbook::at(repository()) }
}

/// Runs tests, each for at most `deadline`.
pub fn runner(deadline: Duration) -> Runner {
    let scratch = workbook(PathBuf::new()).target.join("channels");
    Runner { cell: PathBuf::from(GRADER), scratch, deadline, stop: Stop::default() }
}
