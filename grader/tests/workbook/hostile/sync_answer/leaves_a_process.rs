//! verdict: leaked
//! only on: unix
//! does: answers, and leaves a process that holds both outputs.

use std::process::Command;

pub fn answer() -> u32 {
    Command::new("sleep").arg("98765.4321").spawn().unwrap();
    42
}
