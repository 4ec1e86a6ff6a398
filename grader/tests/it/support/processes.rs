//! Processes, as Linux shows them in `/proc`.

use std::fs;
use std::time::{Duration, Instant};

use grader::process::cell;

use super::FOR_EVER;

/// Waits until `condition` holds.
pub fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < FOR_EVER, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The cells of a running grader.
pub fn cells(grader: u32) -> Vec<u32> {
    children(grader).into_iter().filter(|id| shows(*id, cell::ARGUMENT)).collect()
}

/// The cells in which a test runs, and those tests.
pub fn cells_with_tests(grader: u32) -> Vec<u32> {
    let is_test = |id: &u32| shows(*id, "/graded/") && !shows(*id, "--list");
    let mut found = Vec::new();
    for cell in cells(grader) {
        let tests: Vec<u32> = children(cell).into_iter().filter(is_test).collect();
        if !tests.is_empty() {
            found.push(cell);
            found.extend(tests);
        }
    }
    found
}

/// Whether `text` stands in a process's command line.
pub fn shows(id: u32, text: &str) -> bool {
    command_line(id).is_some_and(|line| line.contains(text))
}

/// The ids of all processes with `text` somewhere in their command line.
pub fn with(text: &str) -> Vec<u32> {
    all().filter(|id| shows(*id, text)).collect()
}

/// The children of a process.
pub fn children(parent: u32) -> Vec<u32> {
    all().filter(|id| parent_of(*id) == Some(parent)).collect()
}

/// Whether the process is there and has not ended.
pub fn is_alive(id: u32) -> bool {
    stat(id).is_some_and(|(state, _)| state != "Z")
}

/// The most memory a process has had so far, in bytes.
pub fn peak_memory(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// How many bytes a process has read so far.
pub fn bytes_read(id: u32) -> Option<u64> {
    let io = fs::read_to_string(format!("/proc/{id}/io")).ok()?;
    io.lines().find_map(|line| line.strip_prefix("rchar: "))?.trim().parse().ok()
}

/// Arguments of a process, separated by spaces.
fn command_line(id: u32) -> Option<String> {
    let bytes = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    Some(String::from_utf8_lossy(&bytes).replace('\0', " "))
}

fn parent_of(id: u32) -> Option<u32> {
    stat(id)?.1.parse().ok()
}

/// State and parent.
fn stat(id: u32) -> Option<(String, String)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned);
    Some((fields.next()?, fields.next()?))
}

fn all() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").expect("Linux has /proc");
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}
