//! Grades the exercises of the workbook.
//!
//! # One way through
//!
//! ```text
//! stop → catalog → bench → process → verdict → event → progress → session → author → report → terminal → commands
//! ```
//!
//! A module imports only from modules before it; a test keeps this and the map below true.
//!
//! # Where things live
//!
//! - [`stop`] — asking a run to end before it is done
//! - [`catalog`] — what exists: lessons, exercises, the files that make them, and the names people type for them
//! - [`bench`] — building: one crate per exercise in a Cargo package of the grader's own; messages for learners
//! - [`process`] — running: every test in a process of its own, inside a cell that ends whatever it leaves behind
//! - [`verdict`] — judging: functions from what was found to what became of a test or an exercise
//! - [`event`] — all that a run can announce
//! - [`progress`] — what is remembered between runs, and when a remembered verdict still holds
//! - [`session`] — driving: read, build, run, judge, for any set of files
//! - [`author`] — laying out exercises, and proving that their tests reject what is wrong and accept what is right
//! - [`report`] — the one printer: stories, pictures and lists for people, JSON for programs
//! - [`terminal`] — a terminal that is lent and given back as it was
//! - [`commands`] — what the command line can ask for
//! - [`cli`] — the command line itself
//!
//! Beside this package stand `grader/lab` (what hidden tests are written with), `grader/protocol` (what a test
//! process and the grader say to each other), `grader/hidden` (the tests and solutions of every exercise) and
//! `grader/model` (explores the interleavings of threads; only its stories are known here).
//!
//! # How a verdict is made
//!
//! The learner's file and its hidden tests are compiled into one program ([`bench`]). Each test runs in its own
//! process ([`process`]), which answers over a file ([`protocol`]), never through its output or exit code. The
//! answer is judged ([`verdict`]), confirmed by repetition ([`session`]), remembered ([`progress`]), told
//! ([`report`]).

pub mod author;
pub mod bench;
pub mod catalog;
pub mod cli;
pub mod commands;
pub mod event;
pub mod process;
pub mod progress;
pub mod report;
pub mod session;
pub mod stop;
pub mod terminal;
pub mod verdict;
