//! Waits as sentences: `thread 1, second lock: Mutex::lock`.

use std::path::Path;

use protocol::{Party, Place, Waiting};

/// One sentence for every wait. Places are told by the mark that stands above their line in the subject.
pub fn told(waits: &[Waiting]) -> Vec<String> {
    waits.iter().map(sentence).collect()
}

/// `always`, and `tasks` where it is known what spawned tasks do.
pub fn with_tasks<'a>(always: &[&'a str], tasks: &[&'a str]) -> Vec<&'a str> {
    let known = cfg!(all(feature = "taskdump", tokio_unstable));
    always.iter().chain(if known { tasks } else { &[] }).copied().collect()
}

fn sentence(waiting: &Waiting) -> String {
    let party = match waiting.party {
        Party::Test => "test".to_owned(),
        Party::Task(number) => format!("task {number}"),
        Party::Thread(number) => format!("thread {number}"),
    };
    let learner = waiting.learner.as_ref().and_then(mark);
    let test = waiting.test.as_ref().and_then(mark);
    let place = match (learner, test) {
        (Some(learner), Some(test)) => format!("{learner} ({test})"),
        (learner, test) => learner.or(test).unwrap_or_else(|| "-".to_owned()),
    };
    let on = match &waiting.on {
        Some(on) => on,
        None if place == "-" => "?",
        None => "runs",
    };
    format!("{party}, {place}: {on}")
}

/// What the comment above a line says, if it is a mark.
fn mark(place: &Place) -> Option<String> {
    assert!(place.column.is_some(), "{place:?}");
    // Debug information has whole paths, but Cargo starts tests in the folder of the package.
    let inside = place.file.split_once("tests/subject/").expect("a file of the subject's").1;
    let text = std::fs::read_to_string(Path::new("tests/subject").join(inside)).unwrap();
    let above = text.lines().nth(place.line as usize - 2)?;
    above.trim().strip_prefix("// Here: ").map(ToOwned::to_owned)
}
