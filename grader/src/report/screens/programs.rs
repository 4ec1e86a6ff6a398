//! The document for programs.

use std::path::{Path, PathBuf};

use protocol::Answer;

use super::fixtures::*;
use crate::catalog::{Catalog, Exercise, Lesson, Level, Workbook};
use crate::report::document;
use crate::session::Graded;
use crate::verdict::{ExerciseOutcome, does_not_compile, from_tests, leftover, not_started, unreadable};

fn graded(slug: &str, outcome: ExerciseOutcome) -> Graded {
    let module = slug.replace('-', "_");
    let exercise = Exercise {
        lesson: "01-worker-pools".to_owned(),
        slug: slug.to_owned(),
        level: Level::Core,
        task: String::new(),
        file: Path::new("/home/me/workbook/exercises/01-worker-pools/src").join(&module).with_extension("rs"),
        hidden: PathBuf::new(),
        module,
    };
    Graded { exercise, outcome, missing: slug == "scoped-map" }
}

#[test]
fn the_document() {
    let lesson = |slug: &str, title: &str| Lesson { slug: slug.to_owned(), title: title.to_owned(), exercises: vec![] };
    let lessons = vec![lesson("01-worker-pools", "Worker pools"), lesson("02-fan-out-fan-in", "Nobody asked for it")];
    let catalog = Catalog { lessons, misconceptions: Default::default() };
    let tests = vec![
        passed("Jobs start in the order of acceptance."),
        failed(&limit(), "at most 3 handlers at the same time", "5, at 10 ms", Some(crowd())),
        panicked("4 handlers", "3", "no", learner(4, 27), true),
        answered(&closing(), Answer::Deadlocked { waits: idle_pool(), picture: None }),
        todo("A panic costs no worker.", 41),
    ];
    let warning = diagnostic(Some(3), "unused `Result` that must be used", "", false);
    let error = diagnostic(Some(4), "use of moved value: `jobs`", "\u{1b}[1merror\u{1b}[0m: use of moved value", true);
    let graded = [
        graded("scoped-map", not_started()),
        graded("worker-pool", from_tests(tests, vec![closing()], vec![warning])),
        graded("thread-pool", does_not_compile(vec![error])),
        graded("blocking-pool", unreadable("it is a folder".to_owned())),
        graded("leftover", leftover(from_tests(vec![passed("One.")], vec![], vec![]), &[7])),
        graded("done", from_tests(vec![passed("One.")], vec![], vec![])),
    ];
    let document = document(&catalog, &Workbook::at(Path::new("/home/me/workbook")), &graded);
    super::stored("document", &format!("{document:#}"));
}
