//! Exercises in their boxes, while the grader works on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::reader::Reader;
use super::reading_with;
use crate::support::root;

/// A learner's clone of the workbook, with what is built for it kept in the repository's own target folder.
struct Clone {
    folder: TempDir,
}

impl Clone {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let clone = Self { folder };
        for borrowed in [
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain.toml",
            "grader/hidden",
            "grader/lab",
            "grader/model",
            "grader/protocol",
            "target/grader/build",
        ] {
            let (original, link) = (root().join(borrowed), clone.path().join(borrowed));
            fs::create_dir_all(link.parent().expect("it lies in the clone")).expect("a folder can be made");
            if borrowed.starts_with("target") {
                fs::create_dir_all(&original).expect("a folder can be made");
            }
            std::os::unix::fs::symlink(original, link).expect("it can be linked");
        }
        clone.put("stub.rs");
        clone
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self) -> PathBuf {
        self.path().join("exercises/01-worker-pools/src/worker_pool.rs")
    }

    /// Puts an answer to `worker-pool` in its place, from the folder of its tests.
    fn put(&self, answer: &str) {
        fs::create_dir_all(self.file().with_file_name("")).expect("a folder can be made");
        let answer = root().join("grader/hidden/01-worker-pools/worker_pool").join(answer);
        fs::copy(answer, self.file()).expect("the answer is there");
    }

    /// Runs the grader on it, as a learner would.
    fn check(&self) {
        let mut grader = Command::new(env!("CARGO"));
        grader.args(["run", "-q", "-p", "grader", "--manifest-path"]).arg(root().join("Cargo.toml"));
        grader.args(["--", "check", "worker-pool"]).current_dir(self.path());
        let finished = grader.output().expect("cargo starts");
        assert!(matches!(finished.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&finished.stderr));
    }
}

const STANDING: &str = "[data-exercise='01-worker-pools/worker-pool'] .standing";

/// What the box says, as soon as it says this.
async fn told(reader: &Reader, headline: &str) -> String {
    reader.until(&format!("document.querySelector(\"{STANDING}\").textContent.startsWith(\"{headline}\")")).await;
    reader.text(STANDING).await
}

#[test]
fn every_verdict_of_the_grader_appears_in_the_page_by_itself() {
    let clone = Clone::new();
    let workbook = clone.path().to_str().expect("a plain path").to_owned();
    reading_with(&["--workbook", &workbook], async |reader| {
        reader.open("01-worker-pools.html").await;
        assert_eq!(reader.text(STANDING).await, "", "nothing was run yet");

        clone.put("wrong/m72_permit_dropped_early.rs");
        clone.check();
        let failed = told(reader, "✗ failed, 16 of 22 promises kept: At most workers handlers run at once").await;
        assert!(failed.contains("Expected: at most 3 handlers at the same time"), "{failed}");
        assert!(failed.contains("█"), "a picture: {failed}");
        reader.expect_accessible("a failure with its picture").await;

        // Where each party waits is known on Linux only.
        if cfg!(target_os = "linux") {
            clone.put("wrong/m01_pool_keeps_its_sender.rs");
            clone.check();
            let deadlocked = told(reader, "✗ deadlocked").await;
            assert!(deadlocked.contains(" waits at worker_pool.rs:"), "{deadlocked}");
        }

        fs::write(clone.file(), "pub fn nothing( {}\n").expect("it can be written");
        clone.check();
        told(reader, "✗ does not compile").await;

        fs::copy(root().join("solutions/01-worker-pools/src/worker_pool.rs"), clone.file()).expect("it is there");
        clone.check();
        assert_eq!(told(reader, "✓ passed").await, "✓ passed, 22 promises kept");
        // The introduction tells of all of them.
        reader.open("index.html").await;
        reader
            .until("document.querySelector('.progress:not([hidden]) .total')?.textContent.includes(': 1 of ') === true")
            .await;
        let own = "[data-exercise='01-worker-pools/worker-pool']";
        assert_eq!(reader.text(&format!(".progress {own}")).await, "● worker-pool");
        reader.expect_accessible("how all exercises stand").await;
        // Who comes later sees it, too.
        reader.open("01-worker-pools.html").await;
        told(reader, "✓ passed").await;
    });
}
