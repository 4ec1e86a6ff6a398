//! Learner's files that come with the fixture workbook.

use std::fs;
use std::path::PathBuf;

use grader::bench::Program;

use super::fixtures;

/// A hostile or unlucky answer, with what its first lines say about it.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// The file's stem: `endless_loop`.
    pub name: String,
    /// The module it answers to: `sync_answer`.
    pub module: String,
    /// The verdict it must get, by its stable name.
    pub verdict: String,
    file: PathBuf,
    text: String,
}

impl Fixture {
    /// All that make sense on this system.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = files_below(fixtures().join("hostile")).into_iter().filter_map(Self::load).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// `None` for one that is about another system.
    fn load(file: PathBuf) -> Option<Self> {
        let text = fs::read_to_string(&file).expect("fixtures are text");
        let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(&format!("//! {key}: ")));
        let here = match value("only on") {
            None => true,
            Some("unix") => cfg!(unix),
            Some("linux") => cfg!(target_os = "linux"),
            Some(other) => panic!("{}: no such system: {other}", file.display()),
        };
        let verdict = value("verdict").unwrap_or_else(|| panic!("{} names no verdict", file.display())).to_owned();
        assert!(value("does").is_some(), "{} does not say what it does", file.display());
        let name = file.file_stem()?.to_str()?.to_owned();
        let module = file.parent()?.file_name()?.to_str()?.to_owned();
        here.then_some(Self { name, module, verdict, file, text })
    }

    /// To be built under its own name.
    pub fn program(&self) -> Program {
        program(&self.name, &self.module, self.file.clone(), self.text.clone())
    }
}

/// A right answer to the exercise, to be built under the name `name`.
pub fn right(module: &str, name: &str) -> Program {
    let file = fixtures().join("right").join(module).with_extension("rs");
    let text = fs::read_to_string(&file).expect("fixtures are text");
    program(name, module, file, text)
}

/// A learner's file for the exercise `module`, to be built under the name `name`.
pub fn program(name: &str, module: &str, source: PathBuf, text: String) -> Program {
    let hidden = fixtures().join("hidden/01-fixtures").join(module);
    Program {
        name: name.to_owned(),
        module: module.to_owned(),
        source,
        text,
        tests: hidden.join("tests.rs"),
        model: Some(hidden.join("model.rs")).filter(|path| path.is_file()),
        stub: hidden.join("stub.rs"),
        given: None,
    }
}

fn files_below(folder: PathBuf) -> Vec<PathBuf> {
    let entries = folder.read_dir().expect("the fixtures' folder can be listed");
    let paths = entries.map(|entry| entry.expect("the fixtures' folder can be listed").path());
    paths.flat_map(|path| if path.is_dir() { files_below(path) } else { vec![path] }).collect()
}
