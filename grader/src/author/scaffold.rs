//! Laying out a new exercise: every face from a template, ready to be filled.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::catalog::{Workbook, number};

const STUB: &str = include_str!("templates/stub.rs.txt");
const SOLUTION: &str = include_str!("templates/solution.rs.txt");
const TESTS: &str = include_str!("templates/tests.rs.txt");
const WRONG: &str = include_str!("templates/wrong.rs.txt");
const RIGHT: &str = include_str!("templates/right.rs.txt");
const HINTS: &str = include_str!("templates/hints.md");
const SECTION: &str = include_str!("templates/section.md");
const LESSON_ENTRY: &str = include_str!("templates/lesson_entry.toml");
const MANIFEST: &str = include_str!("templates/package.toml");

/// The names of a new exercise.
struct Names {
    lesson: String,
    slug: String,
    module: String,
}

/// Lays out `03-pipelines/batch-stage` and returns the files that were written or added to, in order. A lesson
/// that does not exist yet is begun.
///
/// # Errors
///
/// If the name is not of that form, the exercise exists, or a file cannot be written. Nothing is overwritten.
pub fn lay_out(workbook: &Workbook, name: &str) -> Result<Vec<PathBuf>> {
    let names = Names::parse(name)?;
    let hidden = workbook.hidden.join(&names.lesson).join(&names.module);
    if hidden.exists() {
        bail!("{} exists already", workbook.shown(&hidden));
    }
    let mut written = Vec::new();
    let source = Path::new("src").join(&names.module).with_extension("rs");
    for (folder, kind, template) in [("exercises", "exercise", STUB), ("solutions", "solution", SOLUTION)] {
        let package = workbook.root.join(folder).join(&names.lesson);
        begin_package(&package, kind, &names, &mut written)?;
        create(&package.join(&source), &names.fill(template), &mut written)?;
        append(&package.join("src/lib.rs"), &format!("pub mod {};\n", names.module), &mut written)?;
    }
    create(&hidden.join("stub.rs"), &names.fill(STUB), &mut written)?;
    create(&hidden.join("tests.rs"), &names.fill(TESTS), &mut written)?;
    create(&hidden.join("hints.md"), &names.fill(HINTS), &mut written)?;
    create(&hidden.join("wrong/m91_sequential.rs"), &names.fill(WRONG), &mut written)?;
    create(&hidden.join("right/another_design.rs"), &names.fill(RIGHT), &mut written)?;
    let lesson = workbook.hidden.join(&names.lesson).join("lesson.toml");
    if !lesson.exists() {
        create(&lesson, &format!("title = \"{}\"\n", names.lesson_title()), &mut written)?;
    }
    append(&lesson, &names.fill(LESSON_ENTRY), &mut written)?;
    let chapter = workbook.chapters.join(&names.lesson).with_extension("md");
    if !chapter.exists() {
        create(&chapter, &format!("# {}\n\n## Exercises\n", names.lesson_title()), &mut written)?;
        let line = format!("- [{}. {}]({}.md)", number(&names.lesson), names.lesson_title(), names.lesson);
        list_chapter(&workbook.chapters.join("SUMMARY.md"), &line, &mut written)?;
    }
    append(&chapter, &names.fill(SECTION), &mut written)?;
    Ok(written)
}

/// Adds a chapter behind the numbered ones; what follows those is no lesson.
fn list_chapter(summary: &Path, line: &str, written: &mut Vec<PathBuf>) -> Result<()> {
    let text = fs::read_to_string(summary).with_context(|| format!("cannot read {}", summary.display()))?;
    let mut lines: Vec<&str> = text.lines().collect();
    let behind = lines.iter().rposition(|line| line.starts_with("- [")).map_or(lines.len(), |last| last + 1);
    lines.insert(behind, line);
    let text = lines.join("\n") + "\n";
    fs::write(summary, text).with_context(|| format!("cannot write {}", summary.display()))?;
    written.push(summary.to_owned());
    Ok(())
}

impl Names {
    fn parse(name: &str) -> Result<Self> {
        let wrong = || {
            format!(
                "{name:?} does not name an exercise: write the lesson's folder and the exercise, 03-pipelines/batch-stage"
            )
        };
        let (lesson, slug) = name.split_once('/').with_context(wrong)?;
        let (number, title) = lesson.split_once('-').with_context(wrong)?;
        let is_kebab = |word: &str| {
            word.split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        };
        let begins_with_letter = slug.starts_with(|c: char| c.is_ascii_lowercase());
        if number.len() != 2
            || number.parse::<u8>().is_err()
            || !is_kebab(title)
            || !is_kebab(slug)
            || !begins_with_letter
        {
            bail!(wrong());
        }
        Ok(Self { lesson: lesson.to_owned(), slug: slug.to_owned(), module: slug.replace('-', "_") })
    }

    /// `03-pipelines` → `Pipelines`.
    fn lesson_title(&self) -> String {
        let words = self.lesson.split_once('-').map_or("", |(_, words)| words).replace('-', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    fn fill(&self, template: &str) -> String {
        template.replace("{lesson}", &self.lesson).replace("{slug}", &self.slug).replace("{module}", &self.module)
    }
}

fn begin_package(package: &Path, kind: &str, names: &Names, written: &mut Vec<PathBuf>) -> Result<()> {
    if package.join("Cargo.toml").exists() {
        return Ok(());
    }
    create(&package.join("Cargo.toml"), &names.fill(MANIFEST).replace("{kind}", kind), written)?;
    let head = format!("//! {}.\n\n", names.lesson_title());
    create(&package.join("src/lib.rs"), &head, written)
}

/// Writes a file that must not exist.
fn create(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    fs::create_dir_all(path.parent().with_context(cannot)?).with_context(cannot)?;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(cannot)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{} exists already", path.display()),
        Err(error) => return Err(error).with_context(cannot),
    }
    written.push(path.to_owned());
    Ok(())
}

/// Adds to the end of a file.
fn append(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> Result<()> {
    let cannot = || format!("cannot add to {}", path.display());
    let mut file = OpenOptions::new().append(true).open(path).with_context(cannot)?;
    file.write_all(text.as_bytes()).with_context(cannot)?;
    if !written.iter().any(|known| known == path) {
        written.push(path.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::lay_out;
    use crate::catalog::scratch::Scratch;
    use crate::catalog::{Catalog, Workbook};

    #[test]
    fn a_new_exercise_in_a_new_lesson_is_in_the_catalog_with_every_face() {
        let scratch = Scratch::new();
        let summary = "# Summary\n\n[Before](a.md)\n\n- [1. Pools](01-pools.md)\n\n[Behind](b.md)\n";
        scratch.write("book/src/SUMMARY.md", summary);
        scratch.write("grader/hidden/misconceptions.toml", "");
        let workbook = Workbook::at(scratch.path());
        let written = lay_out(&workbook, "03-pipelines/batch-stage").expect("the files can be written");
        assert!(written.iter().all(|path| path.is_file()));
        let catalog = Catalog::load(&workbook).expect("the catalog can be read");
        let exercise = catalog.exercises().next().expect("one exercise");
        assert_eq!((exercise.key().as_str(), catalog.title("03-pipelines")), ("03-pipelines/batch-stage", "Pipelines"));
        let stub = fs::read_to_string(exercise.stub()).expect("there is a stub");
        assert_eq!(fs::read_to_string(&exercise.file).expect("there is an exercise"), stub);
        assert!(stub.contains("pub fn batch_stage("), "{stub}");
        let summary = fs::read_to_string(workbook.chapters.join("SUMMARY.md")).expect("there is a summary");
        let listed = "- [1. Pools](01-pools.md)\n- [3. Pipelines](03-pipelines.md)\n\n[Behind](b.md)\n";
        assert!(summary.ends_with(listed), "{summary}");
    }

    #[test]
    fn an_exercise_that_exists_is_not_laid_out_again() {
        let scratch = Scratch::new();
        scratch.write("book/src/SUMMARY.md", "# Summary\n\n");
        let workbook = Workbook::at(scratch.path());
        lay_out(&workbook, "03-pipelines/batch-stage").expect("the files can be written");
        let error = lay_out(&workbook, "03-pipelines/batch-stage").expect_err("it exists");
        assert!(error.to_string().contains("exists already"), "{error}");
    }

    #[test]
    fn a_name_of_another_form_is_explained() {
        let scratch = Scratch::new();
        for name in ["batch-stage", "3-pipelines/batch-stage", "03-pipelines/Batch", "03-pipelines/../x", "03-a/1st"] {
            let error = lay_out(&Workbook::at(scratch.path()), name).expect_err(name);
            assert!(error.to_string().contains("03-pipelines/batch-stage"), "{error}");
        }
    }
}
