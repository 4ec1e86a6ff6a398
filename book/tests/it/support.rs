//! The program, started for a test.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

/// The program, about to be started.
pub fn book(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.args(arguments);
    command
}

/// The folder of the workbook.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the book lies in the workspace")
}

/// A process that ends with the value, also if the test fails.
#[derive(Debug)]
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program and waits for the line in which it says its port, between these two texts.
pub fn listening(mut command: Command, before: &str, after: &str) -> (Running, u16) {
    let child =
        command.stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    let mut running = Running(child);
    let mut output = BufReader::new(running.0.stdout.take().expect("its output is piped"));
    let mut said = String::new();
    loop {
        let begun = said.len();
        let read = output.read_line(&mut said).expect("it speaks UTF-8");
        assert!(read > 0, "{command:?} ended without a port:\n{said}");
        let line = &said[begun..];
        let port = line.split_once(before).and_then(|(_, rest)| rest.split_once(after)?.0.parse().ok());
        if let Some(port) = port {
            // Whoever writes into a pipe that nobody reads is stopped by it.
            thread::spawn(move || output.read_to_end(&mut Vec::new()));
            return (running, port);
        }
    }
}

/// Serves the book at a port that is free.
pub fn served(arguments: &[&str]) -> (Running, u16) {
    let mut command = book(&["--port", "0"]);
    command.args(arguments);
    listening(command, "http://localhost:", " ")
}
