//! Builds the book and serves it.

mod arguments;
mod boxes;
mod chapters;
mod directives;
mod finish;
mod from_go;
mod live;
mod pages;
mod quiz;
mod schedule;
mod serve;
mod site;
mod symptoms;
mod timeline;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser;

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.command {
        Some(Command::Build { dir }) => {
            pages::build(dir, false)?;
            println!("The book is in {}: open index.html there.", dir.display());
            Ok(())
        }
        None => serve::serve(arguments.port, &workbook(arguments.workbook.as_deref())?),
    }
}

/// The folder whose exercises are shown.
fn workbook(given: Option<&Path>) -> Result<PathBuf> {
    let Some(folder) = given else { return Ok(pages::root().join("..")) };
    if !folder.join("exercises").is_dir() {
        bail!("{} is no workbook: it has no folder `exercises`", folder.display());
    }
    Ok(folder.to_owned())
}
