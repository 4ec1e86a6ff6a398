//! Hidden tests, most of which do not pass.

mod hangs;
mod leaks;
mod promises;
mod tools;
