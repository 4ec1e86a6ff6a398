//! From Markdown to a folder of pages.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::directives::Directives;
use crate::finish::finish;

/// Tells a folder that a build may empty from one that somebody else filled.
const MARKER: &str = ".written-by-cargo-book";

/// What only pages that are served have: how the reader's exercises stand.
const LIVE: &str = "theme/live.js";

/// Builds the book into `dir`, replacing what an earlier build left there. Pages that are served by this program are
/// `live`; elsewhere nobody could tell them anything.
pub fn build(dir: &Path, live: bool) -> Result<()> {
    let dir = std::path::absolute(dir).with_context(|| format!("cannot find out where {} is", dir.display()))?;
    may_be_replaced(&dir)?;

    let mut config = Config::from_disk(root().join("book.toml")).context("cannot read book/book.toml")?;
    config.build.build_dir = dir.clone();
    if live {
        let mut scripts: Vec<String> = config.get("output.html.additional-js")?.unwrap_or_default();
        scripts.push(LIVE.to_owned());
        config.set("output.html.additional-js", scripts)?;
    }
    let built = MDBook::load_with_config(root(), config)
        .and_then(|mut book| book.with_preprocessor(Directives).build())
        .with_context(|| format!("cannot build the book into {}", dir.display()));
    let built = built.and_then(|()| finish(&dir));
    // mdBook empties the folder first, so a build that fails half-way must leave the marker, too.
    if dir.is_dir() {
        fs::write(dir.join(MARKER), "The next `cargo book build` into this folder replaces everything in it.\n")
            .with_context(|| format!("cannot write into {}", dir.display()))?;
    }
    built
}

/// mdBook deletes whatever is in the folder, so it must be ours.
fn may_be_replaced(dir: &Path) -> Result<()> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot use {} as a folder", dir.display())),
    };
    if entries.next().is_some() && !dir.join(MARKER).exists() {
        bail!(
            "{} is not empty, and not from an earlier build. Choose a new folder: its files would be lost.",
            dir.display()
        );
    }
    Ok(())
}

/// The folder with `book.toml`. A checkout that has moved is built anew, so this stays true.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
