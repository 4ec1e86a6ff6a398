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
mod symptoms;
mod timeline;

use std::process::ExitCode;

use anyhow::Result;
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
        None => serve::serve(arguments.port),
    }
}
