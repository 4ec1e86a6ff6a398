//! How the learner's exercises stand, for the boxes in the pages: read from the progress file whenever it changes.

mod picture;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

/// How often the file is looked at. A verdict is in the page well within a second.
pub const LOOK: Duration = Duration::from_millis(200);

/// Reads what has changed.
#[derive(Debug)]
pub struct Live {
    /// Where the grader remembers verdicts.
    file: PathBuf,
    seen: Option<(SystemTime, u64)>,
    is_first: bool,
}

impl Live {
    /// Somebody who has not seen anything of this workbook.
    pub fn of(workbook: &Path) -> Self {
        Self { file: workbook.join(".workbook/progress.json"), seen: None, is_first: true }
    }

    /// The states of all exercises, if there is news; the first time in any case.
    pub fn news(&mut self) -> Option<String> {
        let found = fs::metadata(&self.file).and_then(|it| Ok((it.modified()?, it.len()))).ok();
        if found == self.seen && !self.is_first {
            return None;
        }
        (self.seen, self.is_first) = (found, false);
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        let file: Value = serde_json::from_str(&text).unwrap_or_default();
        Some(states(&file).to_string())
    }
}

/// What the pages show, by exercise: `01-worker-pools/worker-pool`.
fn states(file: &Value) -> Value {
    let exercises = file["exercises"].as_object().into_iter().flatten();
    Value::Object(exercises.map(|(name, record)| (name.clone(), state(&record["outcome"]))).collect::<Map<_, _>>())
}

fn state(outcome: &Value) -> Value {
    let verdict = outcome["verdict"].as_str().unwrap_or_default();
    let tests: Vec<&Value> = outcome["tests"].as_array().into_iter().flatten().collect();
    let kept = tests.iter().filter(|test| test["verdict"] == "passed").count();
    let total = tests.len() + outcome["not_run"].as_array().map_or(0, Vec::len);
    let told = tests.iter().find(|test| test["verdict"] != "passed" && test["todo"].is_null());
    let headline = match verdict {
        "passed" => format!("✓ passed, {total} promises kept"),
        "does_not_compile" => "✗ does not compile".to_owned(),
        "not_started" => "○ not started".to_owned(),
        other => format!("✗ {}, {kept} of {total} promises kept", other.replace('_', " ")),
    };
    let mut state = json!({ "verdict": verdict, "headline": headline });
    if let Some(test) = told {
        state["promise"] = test["info"]["promise"].clone();
        state["expected"] = test["expected"].clone();
        state["seen"] = test["seen"].clone();
        state["pictures"] = picture::of(test).into();
    }
    if let Some(error) = outcome["diagnostics"].as_array().into_iter().flatten().find(|it| it["is_error"] == true) {
        state["promise"] = error["message"].clone();
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_with_the_first_promise_that_is_not_kept() {
        let test = json!({
            "info": { "promise": "At most one." }, "verdict": "failed", "expected": "1", "seen": "2", "todo": null,
        });
        let kept = json!({ "verdict": "passed", "todo": null });
        let outcome = json!({ "verdict": "failed", "tests": [kept, test], "not_run": [], "diagnostics": [] });
        let file = json!({ "exercises": { "01-a/b": { "outcome": outcome } } });
        let states = states(&file);
        let state = &states["01-a/b"];
        assert_eq!(state["headline"], "✗ failed, 1 of 2 promises kept");
        assert_eq!((&state["promise"], &state["seen"]), (&json!("At most one."), &json!("2")));
    }

    #[test]
    fn a_file_that_cannot_be_understood_says_nothing() {
        assert_eq!(states(&Value::Null), json!({}));
        assert_eq!(state(&Value::Null)["verdict"], "");
    }
}
