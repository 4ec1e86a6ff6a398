//! verdict: leaked
//! only on: linux
//! does: answers, and leaves a process that has left its session and its process group.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub fn answer() -> u32 {
    let away = "echo away; exec sleep 98765.4322";
    let mut child = Command::new("setsid").args(["--fork", "sh", "-c", away]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.wait().unwrap();
    42
}
