//! Files in all conditions.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use grader::verdict::Verdict;

use crate::support::{Folder, right_text, stub_text};

#[test]
fn line_ends_of_windows_make_no_difference() {
    let folder = Folder::new("crlf");
    folder.put("sync_answer", right_text("sync_answer").replace('\n', "\r\n"));
    assert_eq!(folder.grade("sync_answer").outcome.verdict, Some(Verdict::Passed));
}

#[test]
fn an_untouched_stub_with_line_ends_of_windows_is_not_started() {
    let folder = Folder::new("crlf_stub");
    folder.put("sync_answer", stub_text("sync_answer").replace('\n', "\r\n"));
    let built = &mut false;
    let graded = folder.grade_and_listen("sync_answer", &mut |event| {
        *built |= matches!(event, grader::event::Event::Building { .. });
    });
    assert_eq!((graded.outcome.verdict, *built), (Some(Verdict::NotStarted), false));
}

#[test]
fn an_empty_file_does_not_offer_what_the_contract_asks_for() {
    let folder = Folder::new("empty");
    folder.put("double", "");
    let outcome = folder.grade("double").outcome;
    assert_eq!(outcome.verdict, Some(Verdict::DoesNotCompile));
    assert!(outcome.diagnostics[0].message.ends_with("pub fn double(n: u32) -> u32"), "{:?}", outcome.diagnostics);
}

#[test]
fn a_file_that_is_not_text_is_named_with_the_line() {
    let folder = Folder::new("not_text");
    folder.put("sync_answer", b"pub fn answer() -> u32 {\n    // caf\xe9\n    42\n}\n");
    let outcome = folder.grade("sync_answer").outcome;
    assert_eq!((outcome.verdict, outcome.diagnostics[0].line), (Some(Verdict::DoesNotCompile), Some(2)));
    assert!(outcome.diagnostics[0].message.contains("UTF-8"));
}

#[test]
fn a_missing_file_is_not_started() {
    let folder = Folder::new("missing");
    let graded = folder.grade("sync_answer");
    assert_eq!((graded.outcome.verdict, graded.missing), (Some(Verdict::NotStarted), true));
}

#[test]
fn a_folder_in_place_of_a_file_is_an_error_and_no_verdict() {
    let folder = Folder::new("folder");
    fs::create_dir(folder.file("sync_answer")).expect("the scratch folder can be written");
    cannot_be_read(&folder, "it is a folder");
}

#[test]
fn a_file_of_20_gib_is_not_read() {
    let folder = Folder::new("large");
    let file = File::create(folder.file("sync_answer")).expect("the scratch folder can be written");
    // A file with a hole takes no space, where the file system knows holes.
    if file.set_len(20 << 30).is_err() {
        println!("skipped: this file system takes no file of 20 GiB");
        return;
    }
    cannot_be_read(&folder, "it is larger than 1 MiB");
    let _ = fs::remove_file(folder.file("sync_answer"));
}

#[test]
fn a_new_text_with_an_old_date_is_judged() {
    let folder = Folder::new("old_date");
    folder.put("sync_answer", right_text("sync_answer").replace("42", "41"));
    assert_eq!(folder.grade("sync_answer").outcome.verdict, Some(Verdict::Failed));
    folder.put("sync_answer", right_text("sync_answer"));
    let file = File::options().write(true).open(folder.file("sync_answer")).expect("the file is there");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    file.set_modified(long_ago).expect("dates can be set");
    assert_eq!(folder.grade("sync_answer").outcome.verdict, Some(Verdict::Passed));
}

fn cannot_be_read(folder: &Folder, why: &str) {
    let outcome = folder.grade("sync_answer").outcome;
    assert_eq!((outcome.verdict, outcome.error.as_deref()), (None, Some(why)));
}

#[cfg(unix)]
mod on_unix {
    use std::fs::{self, File, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use grader::verdict::Verdict;

    use super::cannot_be_read;
    use crate::support::{Folder, fixtures};

    #[test]
    fn a_link_to_a_file_is_as_good_as_the_file() {
        let folder = Folder::new("link");
        symlink(fixtures().join("right/sync_answer.rs"), folder.file("sync_answer")).expect("links can be made");
        assert_eq!(folder.grade("sync_answer").outcome.verdict, Some(Verdict::Passed));
    }

    #[test]
    fn a_link_to_nowhere_is_an_error_and_no_verdict() {
        let folder = Folder::new("dangling_link");
        symlink("nowhere.rs", folder.file("sync_answer")).expect("links can be made");
        cannot_be_read(&folder, "the link leads nowhere");
    }

    #[test]
    fn a_link_to_itself_is_an_error_and_no_verdict() {
        let folder = Folder::new("link_to_itself");
        symlink(folder.file("sync_answer"), folder.file("sync_answer")).expect("links can be made");
        let outcome = folder.grade("sync_answer").outcome;
        assert!(outcome.verdict.is_none() && outcome.error.is_some(), "{outcome:?}");
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_an_error_and_no_verdict() {
        let folder = Folder::new("file");
        let source = folder.workbook.exercises.join("01-fixtures/src");
        fs::remove_dir(&source).expect("the scratch folder can be written");
        fs::write(&source, "").expect("the scratch folder can be written");
        let outcome = folder.grade("sync_answer").outcome;
        assert!(outcome.verdict.is_none() && outcome.error.is_some(), "{outcome:?}");
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = Folder::new("pipe");
        let made = Command::new("mkfifo").arg(folder.file("sync_answer")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every Unix");
        cannot_be_read(&folder, "it is not an ordinary file");
    }

    #[test]
    fn a_file_that_may_not_be_read_is_an_error_and_no_verdict() {
        let folder = Folder::new("forbidden");
        folder.put("sync_answer", "");
        fs::set_permissions(folder.file("sync_answer"), Permissions::from_mode(0o000)).expect("the file is ours");
        if File::open(folder.file("sync_answer")).is_ok() {
            println!("skipped: nothing is forbidden to this user");
            return;
        }
        let outcome = folder.grade("sync_answer").outcome;
        assert!(outcome.verdict.is_none() && outcome.error.is_some(), "{outcome:?}");
    }
}
