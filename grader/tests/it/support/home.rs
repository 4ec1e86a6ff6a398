//! A clone of the fixture workbook on disk, graded with the program.

use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{FOR_EVER, GRADER, fixtures, repository, right_text, scratch, stub_text};

/// There is one, so that what it needs is built once; tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// A repository as a learner has it, with the fixtures' hidden tests and no file touched yet.
pub struct Home {
    /// Its folder.
    pub root: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// What became of a run.
#[derive(Debug)]
pub struct Finished {
    /// The exit code; `None` if it was ended by a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    /// A fresh one.
    pub fn fresh() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let root = scratch("home");
        for folder in ["exercises", "solutions", ".workbook", ".cargo"] {
            let _ = fs::remove_dir_all(root.join(folder));
        }
        make(&root.join("exercises/01-fixtures/src"));
        make(&root.join("grader"));
        make(&root.join("target/grader"));
        link(&fixtures().join("hidden"), &root.join("grader/hidden"));
        let borrowed =
            ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "grader/lab", "grader/model", "grader/protocol"];
        for borrowed in borrowed.into_iter().chain(["target/grader/build"]) {
            link(&repository().join(borrowed), &root.join(borrowed));
        }
        let home = Self { root, _turn: turn };
        for module in ["sync_answer", "async_answer", "double", "shared_count"] {
            home.put(module, stub_text(module));
        }
        home
    }

    /// The path of the learner's file for an exercise.
    pub fn file(&self, module: &str) -> PathBuf {
        self.root.join("exercises/01-fixtures/src").join(module).with_extension("rs")
    }

    /// Writes the learner's file for an exercise.
    pub fn put(&self, module: &str, text: impl AsRef<[u8]>) {
        fs::write(self.file(module), text).expect("the scratch folder can be written");
    }

    /// Puts the right answer in place.
    pub fn solve(&self, module: &str) {
        self.put(module, right_text(module));
    }

    /// Puts the solution of the workbook in its place.
    pub fn put_solution(&self, module: &str) {
        let folder = self.root.join("solutions/01-fixtures/src");
        make(&folder);
        fs::write(folder.join(module).with_extension("rs"), right_text(module)).expect("the folder can be written");
    }

    /// Puts a hostile answer in place.
    pub fn put_hostile(&self, module: &str, name: &str) {
        self.copy(&fixtures().join("hostile").join(module).join(name), module);
    }

    /// Puts an answer in place that needs a test of its own.
    pub fn put_unlucky(&self, module: &str, name: &str) {
        self.copy(&fixtures().join("unlucky").join(name), module);
    }

    fn copy(&self, from: &Path, module: &str) {
        fs::copy(from.with_extension("rs"), self.file(module)).expect("the fixture is there");
    }

    /// The program, about to be started in this folder, with its outputs piped.
    pub fn grader(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(GRADER);
        command.current_dir(&self.root).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Finished {
        finish(self.grader(arguments).spawn().expect("the grader starts"))
    }
}

/// Waits for the program's end, and reads what it says meanwhile.
pub fn finish(mut child: Child) -> Finished {
    let out = child.stdout.take().map(read);
    let err = child.stderr.take().map(read);
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the grader can be waited for") {
            break status;
        }
        if start.elapsed() > FOR_EVER {
            let _ = child.kill();
            panic!("the grader hangs");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.map_or_else(String::new, |reader| reader.join().expect("a reader does not panic"))
    };
    Finished { code: status.code(), out: text(out), err: text(err) }
}

fn read(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn make(folder: &Path) {
    fs::create_dir_all(folder).expect("the scratch folder can be written");
}

fn link(original: &Path, link: &Path) {
    if fs::read_link(link).is_ok_and(|there| there == original) {
        return;
    }
    let _ = fs::remove_file(link);
    symlink(original, link).expect("the scratch folder can be written");
}
