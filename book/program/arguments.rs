//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Builds the book and serves it at http://localhost:3000.
#[derive(Debug, Parser)]
#[command(name = "cargo book", bin_name = "cargo book", args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Serve at another port (0: any that is free)
    #[arg(long, default_value_t = 3000)]
    pub port: u16,

    /// Show how the exercises in this folder stand: a clone of the workbook [default: this one]
    #[arg(long, value_name = "DIR")]
    pub workbook: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What else there is to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the book as a plain static site, for any web server or none
    Build {
        /// Where to: a new or empty folder, or one that an earlier build wrote
        dir: PathBuf,
    },
}
