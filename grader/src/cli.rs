//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Grades the exercises of the workbook. Without a command: reports on what you have touched, lesson by lesson,
/// and says what is next.
#[derive(Debug, Parser)]
#[command(name = "cargo grader", bin_name = "cargo grader", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Options that every command understands
    #[command(flatten)]
    pub common: Common,
}

/// Options that every command understands.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Grade the files under DIR/NN-slug/src/*.rs instead of exercises/
    #[arg(long, value_name = "DIR", global = true)]
    pub exercises: Option<PathBuf>,

    /// Print one JSON document on standard output, nothing else
    #[arg(long, global = true)]
    pub json: bool,

    /// Wall-clock limit per test
    #[arg(long, value_name = "SECONDS", global = true, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,

    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: When,

    /// Tests run side by side [default: one per core]
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grade exercises, lessons or files; none named: all
    Check {
        /// An exercise (`worker-pool`), a lesson (`01-worker-pools`, `1`) or a file
        #[arg(value_name = "EXERCISE|LESSON|FILE")]
        names: Vec<String>,
        /// Build and run untouched stubs, too
        #[arg(long)]
        all: bool,
    },
    /// Work in a loop: save a file, and its verdict appears
    Watch {
        /// Where to begin; without it, where you stopped
        #[arg(value_name = "EXERCISE")]
        name: Option<String>,
    },
    /// Say what to do next
    Next,
    /// List all exercises; in a terminal, choose one
    List,
    /// Show the contract of an exercise and how far you are
    Show {
        /// An exercise
        #[arg(value_name = "EXERCISE")]
        name: String,
    },
    /// Open the next of four hints; each opens after one more run with changed code
    Hint {
        /// An exercise
        #[arg(value_name = "EXERCISE")]
        name: String,
        /// Print all of them and remember nothing, for teachers
        #[arg(long)]
        all: bool,
    },
    /// Compare the solution with yours, once yours passes
    Solution {
        /// An exercise
        #[arg(value_name = "EXERCISE")]
        name: String,
        /// See it before yours passes; this is remembered
        #[arg(long)]
        give_up: bool,
    },
    /// Take an exercise back to its stub; your text is kept
    Reset {
        /// An exercise
        #[arg(value_name = "EXERCISE")]
        name: String,
    },
    /// Step through the schedule that breaks an exercise
    Replay {
        /// An exercise or a file
        #[arg(value_name = "EXERCISE|FILE")]
        name: String,
        /// Print the schedule as a picture instead
        #[arg(long)]
        svg: bool,
    },
    /// For people who write exercises
    Author {
        /// What to do
        #[command(subcommand)]
        command: AuthorCommand,
    },
}

/// For people who write exercises.
#[derive(Debug, Subcommand)]
pub enum AuthorCommand {
    /// Lay out every face of a new exercise from a template
    New {
        /// The folder of the lesson and the name of the exercise: 03-pipelines/batch-stage
        #[arg(value_name = "LESSON/EXERCISE")]
        name: String,
    },
    /// Prove exercises: stub, solution, wrong and right solutions, hints, links
    Check {
        /// Exercises or lessons; none named: all
        #[arg(value_name = "EXERCISE|LESSON")]
        names: Vec<String>,
    },
}
