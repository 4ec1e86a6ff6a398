//! The grader is ended in the middle of a test.

#![cfg(target_os = "linux")]

use std::fs;

use nix::sys::signal::{SigHandler, Signal, kill, signal};
use nix::unistd::Pid;

use crate::support::Home;
use crate::support::processes::{self, until};

#[test]
fn ctrl_c_ends_the_test_and_keeps_what_is_remembered() {
    // Whoever starts the tests in the background of a script may have told them to ignore Ctrl-C, and programs inherit
    // that.
    #[expect(unsafe_code, reason = "handlers are dangerous; this takes one away")]
    // SAFETY: the default action needs no handler.
    unsafe { signal(Signal::SIGINT, SigHandler::SigDfl) }.expect("Ctrl-C can be given its usual meaning");
    ends_the_test_and_keeps_what_is_remembered(Signal::SIGINT);
}

#[test]
fn a_kill_of_the_grader_ends_the_test_and_keeps_what_is_remembered() {
    ends_the_test_and_keeps_what_is_remembered(Signal::SIGKILL);
}

fn ends_the_test_and_keeps_what_is_remembered(signal: Signal) {
    let home = Home::fresh();
    home.solve("double");
    assert_eq!(home.run(&["check", "double"]).code, Some(0));
    let progress = home.root.join(".workbook/progress.json");
    let before = fs::read(&progress).expect("a verdict was remembered");
    home.put_hostile("sync_answer", "endless_loop");
    // An hour: nothing but the end of the grader ends the test in time.
    let mut grader = home.grader(&["check", "--timeout", "3600"]).spawn().expect("the grader starts");
    let mut running = Vec::new();
    until("a test runs in its cell", || {
        running = processes::cells_with_tests(grader.id());
        !running.is_empty()
    });
    kill(Pid::from_raw(grader.id().cast_signed()), signal).expect("the grader is there");
    grader.wait().expect("the grader can be waited for");
    until("cell and test are gone", || running.iter().all(|id| !processes::is_alive(*id)));
    assert_eq!(fs::read(&progress).ok(), Some(before));
    assert_eq!(home.run(&["check", "double"]).code, Some(0));
}
