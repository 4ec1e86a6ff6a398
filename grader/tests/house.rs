//! The house rules that a machine can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn the_module_map_in_the_crate_docs_names_every_module_and_no_other() {
    let lib = read("grader/src/lib.rs");
    let mapped: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("//! - [`")?.split('`').next()).collect();
    let declared: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(mapped, declared);
}

#[test]
fn a_module_imports_only_from_modules_before_it() {
    let lib = read("grader/src/lib.rs");
    let chain = lib.lines().find(|line| line.contains(" → ")).expect("the crate docs show the chain");
    let order: Vec<&str> = chain.trim_start_matches("//! ").split(" → ").map(str::trim).collect();
    for (at, module) in order.iter().enumerate() {
        for file in files_of(module) {
            let text = fs::read_to_string(&file).expect("a source file can be read");
            for later in order.iter().skip(at + 1) {
                let used = text
                    .lines()
                    .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("crate::{later}")));
                assert!(!used, "{} uses `{later}`, which comes after `{module}`", file.display());
            }
        }
    }
}

#[test]
fn only_the_report_and_the_program_print() {
    for file in rust_files(&Path::new(ROOT).join("grader/src")) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        for printer in ["println!", "eprintln!", "print!(", "dbg!"] {
            assert!(!text.contains(printer), "{} uses {printer}", file.display());
        }
    }
}

#[test]
fn every_exercise_and_solution_is_a_module_of_its_lesson() {
    for kind in ["exercises", "solutions"] {
        for lesson in folders(&Path::new(ROOT).join(kind)) {
            let declared = fs::read_to_string(lesson.join("src/lib.rs")).expect("every lesson has a lib.rs");
            for file in rust_files(&lesson.join("src")) {
                let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
                let is_top_level = file.parent() == Some(&lesson.join("src"));
                let listed = declared.lines().any(|line| line == format!("pub mod {stem};"));
                assert!(stem == "lib" || !is_top_level || listed, "{} is in no lib.rs", file.display());
            }
        }
    }
}

#[test]
fn what_people_are_told_to_type_exists() {
    let commands =
        ["check", "watch", "next", "list", "show", "hint", "solution", "reset", "replay", "author new", "author check"];
    let texts = ["README.md", "CONTRIBUTING.md", "book/src/how-this-workbook-works.md", "book/src/introduction.md"];
    for text in texts {
        for line in read(text).lines() {
            for (at, _) in line.match_indices("cargo grader ") {
                let rest = line[at + "cargo grader ".len()..].trim_start();
                let known = rest.starts_with(['-', '#']) || commands.iter().any(|command| rest.starts_with(command));
                // "cargo grader reports …" in a sentence is not a command.
                let is_code = line[..at].ends_with('`') || line.trim_start().starts_with("cargo");
                assert!(known || !is_code, "{text} tells people to type: cargo grader {rest}");
            }
        }
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files_of(module: &str) -> Vec<PathBuf> {
    let source = Path::new(ROOT).join("grader/src");
    let mut files = rust_files(&source.join(module));
    files.push(source.join(module).with_extension("rs"));
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("a folder can be listed").path());
    let nested = paths.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().expect("a folder can be listed");
    entries.map(|entry| entry.expect("a folder can be listed").path()).filter(|path| path.is_dir()).collect()
}
