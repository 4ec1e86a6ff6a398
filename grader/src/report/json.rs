//! The JSON document, version 1. Readers ignore fields they do not know.

use serde::Serialize;
use serde_json::{Value, json};

use super::list;
use super::text::without_colours;
use crate::bench::Diagnostic;
use crate::catalog::{Catalog, Exercise, Workbook};
use crate::progress::Progress;
use crate::session::Graded;
use crate::verdict::{TestOutcome, Verdict};

/// The document about everything that was graded, lesson by lesson.
pub fn document(catalog: &Catalog, workbook: &Workbook, graded: &[Graded]) -> Value {
    let passed = graded.iter().filter(|one| one.outcome.verdict == Some(Verdict::Passed)).count();
    let lessons: Vec<Value> = catalog
        .lessons
        .iter()
        .filter_map(|lesson| {
            let own = graded.iter().filter(|one| one.exercise.lesson == lesson.slug);
            let exercises: Vec<Value> = own.map(|one| exercise(one, catalog, workbook)).collect();
            let lesson = json!({ "slug": lesson.slug, "title": lesson.title, "exercises": exercises });
            (!exercises.is_empty()).then_some(lesson)
        })
        .collect();
    json!({ "version": 1, "summary": { "passed": passed, "total": graded.len() }, "lessons": lessons })
}

/// The document about where every exercise stands, as far as is known without running anything.
pub fn standings(catalog: &Catalog, workbook: &Workbook, progress: &Progress) -> Value {
    let mut passed = 0;
    let mut exercise = |exercise: &Exercise| {
        let standing = progress.standing(exercise);
        passed += usize::from(!standing.is_open());
        let mut value = json!({
            "slug": exercise.slug,
            "path": workbook.shown(&exercise.file).to_string(),
            "level": list::level(exercise.level),
            "verdict": standing.verdict.map(Verdict::name),
            "runs": standing.journey.runs,
        });
        set(&mut value, "changed_since", standing.changed.then_some(true));
        set(&mut value, "missing", standing.missing.then_some(true));
        set(&mut value, "solution_seen", standing.journey.gave_up.then_some(true));
        value
    };
    let lessons: Vec<Value> = catalog
        .lessons
        .iter()
        .map(|lesson| {
            let exercises: Vec<Value> = lesson.exercises.iter().map(&mut exercise).collect();
            json!({ "slug": lesson.slug, "title": lesson.title, "exercises": exercises })
        })
        .collect();
    json!({ "version": 1, "summary": { "passed": passed, "total": catalog.exercises().count() }, "lessons": lessons })
}

/// The document about what is next; `null`, if everything is done.
pub fn next_up(workbook: &Workbook, next: Option<&Exercise>) -> Value {
    let next = next.map(|exercise| {
        json!({
            "lesson": exercise.lesson,
            "slug": exercise.slug,
            "path": workbook.shown(&exercise.file).to_string(),
            "task": exercise.task,
        })
    });
    json!({ "version": 1, "next": next })
}

fn exercise(graded: &Graded, catalog: &Catalog, workbook: &Workbook) -> Value {
    let outcome = &graded.outcome;
    let tests: Vec<Value> = outcome.tests.iter().map(|test| self::test(test, &graded.exercise.lesson)).collect();
    let mut value = json!({
        "slug": graded.exercise.slug,
        "path": workbook.shown(&graded.exercise.file).to_string(),
        "verdict": outcome.verdict.map(Verdict::name),
        "tests": tests,
        "diagnostics": outcome.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
    });
    set(&mut value, "error", outcome.error.as_ref());
    let diagnosis = graded.diagnosis(catalog);
    set(&mut value, "diagnosis", (!diagnosis.is_empty()).then_some(diagnosis));
    set(&mut value, "not_modelled", outcome.unmodelled.as_ref());
    set(&mut value, "missing", graded.missing.then_some(true));
    set(&mut value, "still_to_do", (!outcome.todos.is_empty()).then_some(&outcome.todos));
    let not_run: Vec<&str> = outcome.not_run.iter().map(|info| info.name.as_str()).collect();
    set(&mut value, "not_run", (!not_run.is_empty()).then_some(not_run));
    value
}

fn test(test: &TestOutcome, lesson: &str) -> Value {
    let mut value = json!({
        "name": test.info.name,
        "promise": test.info.promise,
        "verdict": test.verdict.name(),
        "misconceptions": test.info.rejects,
        "section": crate::catalog::section(lesson, &test.info.read),
        "elapsed_ms": test.elapsed_ms,
    });
    set(&mut value, "expected", test.expected.as_ref());
    set(&mut value, "seen", test.seen.as_ref());
    // One idea, where one test stands for one.
    let single = test.info.rejects.first().filter(|_| test.info.rejects.len() == 1);
    let went_wrong = test.verdict != Verdict::Passed && test.todo.is_none();
    set(&mut value, "misconception", single.filter(|_| went_wrong));
    set(&mut value, "panic", test.panic.as_ref());
    set(&mut value, "still_to_do", test.todo.as_ref());
    set(&mut value, "picture", test.picture.as_ref());
    if let Some(explored) = &test.explored {
        value["explored"] = json!({ "executions": explored.executions, "up_to_deviations": explored.deviations });
        set(&mut value, "trace", explored.story.as_ref());
    }
    set(&mut value, "waits", (!test.waits.is_empty()).then_some(&test.waits));
    value
}

fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let level = if diagnostic.is_error { "error" } else { "warning" };
    json!({
        "level": level,
        "line": diagnostic.line,
        "message": diagnostic.message,
        "rendered": without_colours(&diagnostic.rendered),
    })
}

fn set(value: &mut Value, field: &str, content: Option<impl Serialize>) {
    if let Some(content) = content {
        value[field] = json!(content);
    }
}
