//! A user's settings for cargo and the compiler do not reach the bench.

#![cfg(unix)]

use std::fs;

use crate::support::{Finished, Home};

/// Right, unless it is built otherwise than the grader builds; also, it has something for `-D warnings`.
const PARTICULAR: &str = "\
#[cfg(users_own)]
compile_error!(\"a user's flag has reached the bench\");

pub fn answer() -> u32 {
    let unused = 0;
    if cfg!(debug_assertions) && cfg!(panic = \"unwind\") { 42 } else { 41 }
}
";

fn passes(finished: &Finished) {
    assert_eq!(finished.code, Some(0), "{}{}", finished.out, finished.err);
    assert!(finished.out.starts_with("✓ sync-answer"), "{}", finished.out);
}

#[test]
fn flags_in_the_environment_make_no_difference() {
    let home = Home::fresh();
    let flags = [
        ("RUSTFLAGS", "-D warnings --cfg users_own"),
        ("RUSTFLAGS", "--no-such-flag"),
        ("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}users_own"),
        ("CARGO_BUILD_RUSTFLAGS", "--cfg users_own"),
    ];
    for (at, (variable, value)) in flags.into_iter().enumerate() {
        // Another text each time, so that nothing is remembered.
        home.put("sync_answer", format!("{PARTICULAR}// {at}\n"));
        let child = home.grader(&["check", "sync-answer"]).env(variable, value).spawn();
        passes(&crate::support::finish(child.expect("the grader starts")));
    }
}

#[test]
fn other_settings_in_the_environment_make_no_difference() {
    let home = Home::fresh();
    home.put("sync_answer", PARTICULAR);
    let mut command = home.grader(&["check", "sync-answer"]);
    command.env("CARGO_TARGET_DIR", "/nowhere").env("CARGO_BUILD_TARGET_DIR", "/nowhere");
    command.env("CARGO_BUILD_TARGET", "no-such-target").env("CARGO_BUILD_BUILD_DIR", "/nowhere");
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "3").env("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false");
    command.env("CARGO_PROFILE_DEV_PANIC", "abort").env("CARGO_INCREMENTAL", "1");
    command.env("CARGO_TERM_QUIET", "true").env("CARGO_TERM_COLOR", "always");
    passes(&crate::support::finish(command.spawn().expect("the grader starts")));
}

#[test]
fn a_configuration_above_the_folder_makes_no_difference() {
    let home = Home::fresh();
    home.put("sync_answer", PARTICULAR);
    let configuration = "\
[build]
rustflags = [\"--cfg\", \"users_own\"]
target-dir = \"/nowhere\"
[profile.dev]
opt-level = 3
debug-assertions = false
overflow-checks = false
panic = \"abort\"
strip = true
";
    fs::create_dir_all(home.root.join(".cargo")).expect("the scratch folder can be written");
    fs::write(home.root.join(".cargo/config.toml"), configuration).expect("the scratch folder can be written");
    let finished = home.run(&["check", "sync-answer"]);
    fs::remove_dir_all(home.root.join(".cargo")).expect("the scratch folder can be written");
    passes(&finished);
}
