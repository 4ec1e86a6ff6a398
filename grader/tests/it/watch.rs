//! The loop, in a terminal of the test's own.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use nix::sys::signal::Signal;

use crate::support::processes::{self, until};
use crate::support::{Home, Session, right_text};

/// The loop at `double`, with the verdict on the untouched stub on the screen.
fn at_double(home: &Home) -> Session {
    home.put_solution("double");
    let mut session = Session::begin(home, &["watch", "double"]);
    session.until("not started");
    session
}

/// The loop at `sync-answer`, whose tests run for an hour: nothing but what a test does ends them in time.
fn at_a_run_that_hangs(home: &Home) -> Session {
    let mut session = Session::begin(home, &["watch", "--timeout", "3600", "sync-answer"]);
    session.until("not started");
    home.put_hostile("sync_answer", "endless_loop");
    session.until("running the tests");
    session
}

/// The tests that run, and their cells.
fn running(session: &Session) -> Vec<u32> {
    let mut running = Vec::new();
    until("a test runs", || {
        running = processes::cells_with_tests(session.id().as_raw().cast_unsigned());
        !running.is_empty()
    });
    running
}

#[test]
fn the_loop_explains_itself_once_and_begins_where_the_learner_stopped() {
    let home = Home::fresh();
    let mut session = Session::begin(&home, &["watch"]);
    let screen = session.until("○ sync-answer   not started");
    assert!(screen.contains("This is where you work."), "{screen}");
    assert!(session.has_own_screen());
    session.press("n");
    session.until("○ async-answer   not started");
    session.press("q");
    let (code, screen) = session.end();
    assert_eq!(code, Some(0));
    assert!(screen.contains("async-answer. Go on with: cargo grader watch"), "{screen}");
    let mut session = Session::begin(&home, &["watch"]);
    let screen = session.until("○ async-answer   not started");
    assert!(!screen.contains("This is where you work."), "{screen}");
}

#[test]
fn a_save_brings_its_verdict_whatever_the_editor_does() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    // In place.
    home.put("double", "pub fn double(n: u32) -> u32 {\n    n + 2\n}\n");
    session.until("✗ double");
    // Under another name, renamed.
    let new = home.root.join("exercises/01-fixtures/src/.double.rs.swp");
    fs::write(&new, right_text("double")).expect("it can be written");
    fs::rename(&new, home.file("double")).expect("it can be renamed");
    session.until("✓ double");
    // Removed, written later.
    fs::remove_file(home.file("double")).expect("it is there");
    home.put("double", "pub fn double(n: u32) -> u32 {\n    n + 3\n}\n");
    session.until("✗ double");
    // Twice, at once.
    home.put("double", "");
    home.solve("double");
    session.until("✓ double");
}

#[test]
fn a_save_without_a_change_says_so() {
    let home = Home::fresh();
    home.solve("double");
    let mut session = Session::begin(&home, &["watch", "double"]);
    session.until("✓ double");
    home.solve("double");
    session.until("saved without a change");
}

#[test]
fn a_save_of_another_exercise_leads_there() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    home.solve("sync_answer");
    let screen = session.until("✓ sync-answer");
    assert!(screen.contains("you saved sync-answer: here it is"), "{screen}");
}

#[test]
fn a_compile_error_comes_first_with_the_learners_path() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    home.put("double", "pub fn double(n: u32) -> u32 {\n    \"two\"\n}\n");
    let screen = session.until("✗ double   does not compile");
    assert!(screen.contains("--> exercises/01-fixtures/src/double.rs:2:5"), "{screen}");
}

#[test]
fn the_path_is_a_link_where_the_terminal_can_follow_one() {
    let home = Home::fresh();
    home.put("double", "pub fn double(n: u32) -> u32 {\n    \"two\"\n}\n");
    let link = |variables: &[(&str, &str)]| {
        let mut program = home.grader(&["watch", "double"]);
        program.envs(variables.iter().copied());
        let mut session = Session::begin_with(program, 80, 24);
        session.until("judged in");
        // Between the beginning of a link and its end stand the target and the text.
        let link = session.written.split("\u{1b}]8;;").find(|part| part.ends_with("double.rs:2:5"))?;
        let (target, _) = link.split_once("\u{1b}\\")?;
        Some(target.to_owned())
    };
    let file = home.file("double").display().to_string();
    assert_eq!(link(&[("FORCE_HYPERLINK", "1")]), Some(format!("file://{file}")));
    let in_vs_code = [("FORCE_HYPERLINK", "1"), ("TERM_PROGRAM", "vscode")];
    assert_eq!(link(&in_vs_code), Some(format!("vscode://file{file}:2:5")));
    assert_eq!(link(&[("FORCE_HYPERLINK", "0")]), None);
}

#[test]
fn a_save_during_a_run_that_hangs_stops_it_and_is_judged_at_once() {
    let home = Home::fresh();
    let mut session = at_a_run_that_hangs(&home);
    let tests = running(&session);
    home.solve("sync_answer");
    session.until("✓ sync-answer");
    until("the old tests are gone", || tests.iter().all(|id| !processes::is_alive(*id)));
}

#[test]
fn keys_work_while_a_run_hangs() {
    let home = Home::fresh();
    let mut session = at_a_run_that_hangs(&home);
    session.press("?");
    session.until("Every key works during a run");
    session.press("\u{1b}");
    session.until("l list");
    session.press("l");
    session.until("Enter go there");
    session.press("\u{1b}");
    session.until("q quit");
    session.press("n");
    session.until("○ async-answer   not started");
    session.press("p");
    session.until("running the tests");
    session.press("q");
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn keys_in_quick_succession_are_all_heard() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    session.press("?");
    session.until("Every key works during a run");
    // Which a terminal sends for Alt and l as well.
    session.press("\u{1b}l");
    session.until("Enter go there");
    session.press("\u{1b}n");
    session.until("○ shared-count   not started");
    session.press("?\u{1b}q");
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn what_the_first_schedules_need_is_built_before_anybody_comes_to_them() {
    let home = Home::fresh();
    let model = home.root.join("target/grader/benches/prepared/model/src/bin");
    let _ = fs::remove_dir_all(&model);
    let _session = at_double(&home);
    let names =
        || fs::read_dir(&model).into_iter().flatten().filter_map(|file| file.ok()?.file_name().into_string().ok());
    until("a program of the model bench is there", || names().any(|name| name.starts_with("shared_count-model-")));
}

#[test]
fn quitting_ends_what_runs() {
    for leave in ["q", "\u{3}"] {
        let home = Home::fresh();
        let mut session = at_a_run_that_hangs(&home);
        let tests = running(&session);
        session.press(leave);
        assert_eq!(session.end().0, Some(0));
        until("the tests are gone", || tests.iter().all(|id| !processes::is_alive(*id)));
    }
}

#[test]
fn a_signal_from_outside_gives_the_terminal_back() {
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let home = Home::fresh();
        let session = at_double(&home);
        session.signal(signal);
        assert_eq!(session.end().0, Some(0));
    }
}

#[test]
fn nothing_goes_on_when_the_window_is_closed() {
    let home = Home::fresh();
    let session = at_a_run_that_hangs(&home);
    let tests = running(&session);
    session.hang_up();
    until("the tests are gone", || tests.iter().all(|id| !processes::is_alive(*id)));
}

#[test]
fn a_terminal_of_another_size_gets_another_screen() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    session.resize(50, 12);
    let screen = session.until("q quit");
    assert!(screen.lines().all(|line| line.chars().count() <= 50), "{screen}");
    session.resize(120, 40);
    session.until("r run again");
}

#[test]
fn hints_open_one_at_a_time_and_the_solution_after_the_pass() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    session.press("h");
    session.until("hint 1 of 4: A question about the contract");
    session.press("h");
    let screen = session.until("The next one opens after one more run");
    assert!(screen.contains("hint 1 of 4"), "{screen}");
    home.put("double", "pub fn double(n: u32) -> u32 {\n    n + 2\n}\n");
    session.until("✗ double");
    session.press("h");
    session.until("hint 2 of 4");
    session.press("\u{1b}");
    session.until("✗ double");
    session.press("s");
    session.until("Give up and see it?");
    session.press("n");
    session.until("✗ double");
    home.put("double", format!("// Mine.\n{}", right_text("double")));
    session.until("✓ double");
    session.press("s");
    let screen = session.until("yours (-) and the solution (+)");
    assert!(screen.contains("- // Mine."), "{screen}");
}

#[test]
fn a_reset_asks_and_keeps_the_text() {
    let home = Home::fresh();
    home.solve("double");
    let mut session = Session::begin(&home, &["watch", "double"]);
    session.until("✓ double");
    session.press("x");
    session.until("Go back to the beginning?");
    session.press("y");
    let screen = session.until("○ double   not started");
    assert!(screen.contains("Your text is kept: .workbook/kept/double-1.rs"), "{screen}");
    let kept = fs::read_to_string(home.root.join(".workbook/kept/double-1.rs")).expect("a copy");
    assert_eq!(kept, right_text("double"));
}

#[test]
fn after_three_runs_that_end_at_the_same_promise_a_prediction_is_asked_for_and_compared() {
    let home = Home::fresh();
    let mut session = at_double(&home);
    for added in ["3", "4", "5"] {
        home.put("double", format!("pub fn double(n: u32) -> u32 {{\n    n + {added}\n}}\n"));
        session.until_that("a verdict on this text", |screen| screen.contains("✗ double") && screen.contains("judged"));
        session.press("?");
        session.until("Every key works");
        session.press("\u{1b}");
    }
    session.until("what the contract asks for: double(21): 42");
    session.press("1");
    session.until("noted: the next run will tell");
    home.solve("double");
    session.until("You expected that this promise would be kept, and it is kept.");
}

#[test]
fn the_last_pass_of_a_workbook_is_a_moment() {
    let home = Home::fresh();
    for module in ["sync_answer", "async_answer", "shared_count"] {
        home.solve(module);
    }
    let mut session = at_double(&home);
    session.press("a");
    session.until("4 exercises run");
    home.solve("double");
    session.until("Everything is done.");
}

#[test]
fn an_editor_gets_the_terminal_and_gives_it_back() {
    let home = Home::fresh();
    let editor = home.root.join("editor.sh");
    let script = "#!/bin/sh\necho \"the editor has $1\"\nread line\n";
    fs::write(&editor, script).expect("it can be written");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let mut program = home.grader(&["watch", "double"]);
    program.env("EDITOR", &editor);
    let mut session = Session::begin_with(program, 80, 24);
    session.until("not started");
    session.press("e");
    session.until("the editor has");
    assert!(!session.has_own_screen());
    session.press("\n");
    session.until("not started");
    assert!(session.has_own_screen());
}

#[test]
fn without_a_terminal_the_loop_says_what_to_use_instead() {
    let home = Home::fresh();
    let finished = home.run(&["watch"]);
    assert_eq!(finished.code, Some(2));
    assert!(finished.err.contains("cargo grader check"), "{}", finished.err);
}
