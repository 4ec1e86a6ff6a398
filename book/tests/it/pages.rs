//! The book keeps its promises: links lead somewhere, code comes from compiled files, and whoever sends a reader to
//! a section finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{book, root};

/// What fits into the book's column without scrolling, give or take.
const LONGEST_QUOTED_LINE: usize = 92;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// All files with this extension under `folder`.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display())) {
        let path = entry.expect("an entry of a folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn chapters() -> Vec<PathBuf> {
    files(&root().join("book/src"), "md")
}

/// What stands between `before` and `after`, wherever that occurs.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

/// The headings of a chapter, in order.
fn headings(markdown: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut headings = Vec::new();
    for line in markdown.lines() {
        in_code ^= line.starts_with("```");
        let title = line.trim_start_matches('#');
        if !in_code && title.len() < line.len() && title.starts_with(' ') {
            headings.push(title.trim());
        }
    }
    headings
}

/// The name and folder of every lesson that has exercises.
fn lessons() -> Vec<(String, PathBuf)> {
    let folder = root().join("grader/hidden");
    let lessons: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry of a folder can be read"))
        .filter(|entry| entry.path().join("lesson.toml").exists())
        .map(|entry| (entry.file_name().into_string().expect("lessons have plain names"), entry.path()))
        .collect();
    assert!(!lessons.is_empty(), "no lesson was found");
    lessons
}

#[test]
fn every_link_leads_somewhere() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let site = folder.path().join("site");
    let built = book(&["build"]).arg(&site).output().expect("the book starts");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let pages: BTreeMap<PathBuf, String> =
        files(&site, "html").into_iter().map(|page| (page.clone(), read(&page))).collect();
    assert!(pages.contains_key(&site.join("01-worker-pools.html")));
    let ids: BTreeMap<&Path, BTreeSet<&str>> =
        pages.iter().map(|(page, html)| (page.as_path(), between(html, "id=\"", "\"").into_iter().collect())).collect();

    let mut broken = Vec::new();
    for (page, html) in &pages {
        for link in between(html, "href=\"", "\"").into_iter().chain(between(html, "src=\"", "\"")) {
            if link.contains("://") || link.starts_with("data:") || link == "/" {
                continue;
            }
            let (file, id) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            let exists = match ids.get(target.as_path()) {
                Some(ids) => id.is_empty() || ids.contains(id),
                None => target.is_file(),
            };
            if !exists {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn code_is_quoted_from_compiled_files_as_whole_items() {
    for chapter in chapters() {
        let markdown = read(&chapter);
        let at = chapter.display();
        for block in between(&markdown, "\n```rust", "\n```") {
            let (attributes, code) = block.split_once('\n').unwrap_or((block, ""));
            assert_eq!(attributes, "", "{at}: Rust code has no further attributes");
            assert!(
                code.starts_with("{{#include ") && code.lines().count() == 1,
                "{at}: code that nobody compiles:\n{code}"
            );
        }
        for include in between(&markdown, "{{#include ", "}}") {
            let (file, anchor) = include.split_once(':').unwrap_or((include, ""));
            let path = chapter.with_file_name(file);
            let source = read(&path);
            assert!(file.starts_with("../../lessons/"), "{at}: {file} is not a lesson's");
            let quoted = if anchor.is_empty() {
                source
            } else {
                let begins = between(&source, &format!("// ANCHOR: {anchor}\n"), &format!("// ANCHOR_END: {anchor}\n"));
                assert_eq!(begins.len(), 1, "{at}: {file} has no anchor {anchor}, or several");
                begins[0].to_string()
            };
            syn::parse_file(&quoted).unwrap_or_else(|error| panic!("{at}: {include} is no whole item: {error}"));
            for line in quoted.lines() {
                assert!(line.chars().count() <= LONGEST_QUOTED_LINE, "{at}: {include} has a line too long:\n{line}");
            }
        }
    }
}

/// Code is Rust and compiled; everything else says that it is not meant to be: what a terminal shows, text, Go.
#[test]
fn every_block_says_what_it_is() {
    for chapter in chapters() {
        let markdown = read(&chapter);
        let fences = markdown.lines().filter(|line| line.trim_start().starts_with("```"));
        for opening in fences.step_by(2) {
            let language = opening.trim_start().trim_start_matches('`');
            assert!(["rust", "text", "console", "go"].contains(&language), "{}: {opening}", chapter.display());
        }
    }
}

#[test]
fn every_example_that_is_to_be_run_exists() {
    for chapter in chapters() {
        for command in between(&read(&chapter), "cargo run -q -p lesson-", "\n") {
            let (lesson, example) = command.split_once(" --example ").expect("an example is named");
            let example = example.split(' ').next().unwrap_or(example);
            let file = root().join(format!("lessons/{lesson}/examples/{example}.rs"));
            assert!(file.is_file(), "{}: {} does not exist", chapter.display(), file.display());
        }
    }
}

#[test]
fn every_exercise_has_its_section() {
    for (name, folder) in lessons() {
        let chapter = read(&root().join(format!("book/src/{name}.md")));
        let headings = headings(&chapter);
        for slug in between(&read(&folder.join("lesson.toml")), "slug = \"", "\"") {
            let file = format!("exercises/{name}/src/{}.rs", slug.replace('-', "_"));
            assert!(headings.contains(&slug), "{name}.md has no section for {slug}");
            assert!(chapter.contains(&file), "{name}.md does not say where {slug} is");
            assert!(
                chapter.contains(&format!("`cargo grader check {slug}`")),
                "{name}.md does not say how to check {slug}"
            );
        }
    }
}

#[test]
fn every_section_that_a_hidden_test_names_exists() {
    let mut broken = Vec::new();
    for (name, folder) in lessons() {
        let chapter = read(&root().join(format!("book/src/{name}.md")));
        let headings = headings(&chapter);
        for tests in
            files(&folder, "rs").iter().filter(|file| ["tests.rs", "model.rs"].iter().any(|name| file.ends_with(name)))
        {
            for section in between(&read(tests), "read = \"", "\"") {
                if !headings.contains(&section) {
                    broken.push(format!("{}: {section}", tests.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "sections that no chapter has:\n{}", broken.join("\n"));
}
