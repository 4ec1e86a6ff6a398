//! A replay in a terminal, and what becomes of a terminal.

use std::env;
use std::process::Command;

use grader::terminal::Terminal;

use crate::support::{Home, Session};

#[test]
fn a_replay_is_stepped_through_and_leaves_the_terminal_as_it_was() {
    let home = Home::fresh();
    home.put_hostile("shared_count", "loses_an_update");
    let mut session = Session::begin(&home, &["replay", "shared-count"]);
    session.until("   1  ");
    assert!(session.has_own_screen());
    session.press("n");
    session.until("   2  ");
    session.press("p");
    session.until("   1  ");
    session.press("G");
    session.until("the end: expected the count: 2, seen 1");
    session.press("q");
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn ctrl_c_ends_a_replay_like_q() {
    let home = Home::fresh();
    home.put_hostile("shared_count", "loses_an_update");
    let mut session = Session::begin(&home, &["replay", "shared-count"]);
    session.until("q quit");
    session.press("\u{3}");
    assert_eq!(session.end().0, Some(0));
}

/// Set for the process in which the panic happens.
const INSIDE: &str = "WORKBOOK_TEST_PANICS_INSIDE_A_TERMINAL";

#[test]
fn a_panic_gives_the_terminal_back_and_its_message_can_be_read() {
    if env::var_os(INSIDE).is_some() {
        let mut terminal = Terminal::borrow().expect("this process has a terminal");
        terminal.show(vec!["about to break down".to_owned()]).expect("it can be drawn on");
        panic!("the reason");
    }
    let mut program = Command::new(env::current_exe().expect("tests know where they are"));
    let own_name = "terminal::a_panic_gives_the_terminal_back_and_its_message_can_be_read";
    program.args(["--exact", own_name, "--nocapture"]).env(INSIDE, "1");
    let session = Session::begin_with(program, 80, 24);
    let (code, screen) = session.end();
    assert_ne!(code, Some(0));
    assert!(screen.contains("the reason"), "{screen}");
}
