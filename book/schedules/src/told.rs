//! From the name of a wrong solution to its story.

use interleave::trace::Story;

use crate::registry::{self, Body};

/// The name that places in the test have; the others are in the solution.
pub const TEST: &str = interleave_story::TEST;

/// A wrong solution and the schedule that breaks it.
#[derive(Debug)]
pub struct Told {
    /// The promise that is broken.
    pub promise: &'static str,
    /// The test that finds it.
    pub test: String,
    /// In which way it is found, as the solution's first line says: `deadlocked`.
    pub verdict: String,
    /// The idea behind the solution, as its second line says, if it does.
    pub idea: Option<String>,
    /// How many schedules were run until this one.
    pub executions: u64,
    /// What happened. Places are in [`Source::name`] of the solution, or in [`TEST`].
    pub story: Story,
    /// The wrong solution.
    pub solution: Source,
    /// The test file.
    pub model: Source,
}

/// A file that takes part.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// What places call it.
    pub name: &'static str,
    /// Where it is, from the workbook's folder.
    pub path: &'static str,
    /// Its text, as it was compiled.
    pub text: &'static str,
}

/// A schedule that can be asked for.
struct Known {
    name: &'static str,
    solution: Source,
    model: Source,
}

macro_rules! known {
    ($lesson:literal, $slug:literal, $module:literal, $wrong:literal) => {
        Known {
            name: concat!($slug, "/", $wrong),
            solution: source!(
                concat!($module, ".rs"),
                concat!("grader/hidden/", $lesson, "/", $module, "/wrong/", $wrong, ".rs")
            ),
            model: source!(TEST, concat!("grader/hidden/", $lesson, "/", $module, "/model.rs")),
        }
    };
}

macro_rules! source {
    ($name:expr, $path:expr) => {
        Source { name: $name, path: $path, text: include_str!(concat!("../../../", $path)) }
    };
}

const KNOWN: &[Known] = &[
    known!("05-sync-primitives", "concurrent-map", "concurrent_map", "m55_check_then_insert"),
    known!("05-sync-primitives", "counting-semaphore", "counting_semaphore", "m68_atomic_beside_the_mutex"),
    known!("06-races-deadlocks", "bank-transfer", "bank_transfer", "m59_in_the_order_they_are_named"),
    known!("06-races-deadlocks", "publish-flag", "publish_flag", "m64_relaxed_store"),
    known!("08-backpressure", "producer-consumer", "producer_consumer", "m67_if_before_wait"),
];

/// What [`tell`] can be asked for: `concurrent-map/m55_check_then_insert`.
pub fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.name)
}

/// Searches for the schedule that breaks a wrong solution.
///
/// # Errors
///
/// If there is no such solution here, or if it does not fail as its first line says; the text is for people.
pub fn tell(name: &str) -> Result<Told, String> {
    let Some(known) = KNOWN.iter().find(|known| known.name == name) else {
        let names: Vec<_> = names().collect();
        return Err(format!("there is no schedule `{name}`; these are known: {}", names.join(", ")));
    };
    let Source { path, text, .. } = known.solution;
    let (test, verdict) =
        claim(text).ok_or_else(|| format!("{path} does not begin with `//! caught by: test (verdict)`"))?;
    let found = registry::find(known.model.path, test)
        .ok_or_else(|| format!("{path} is caught by `{test}`, which is no test of {}", known.model.path))?;
    let Body::Explored(explore) = found.body;
    let outcome = explore(found.promise);
    let failed = outcome.failed().ok_or_else(|| format!("no schedule breaks {path}: {outcome:?}"))?;
    let mut story = failed.story.clone().ok_or_else(|| format!("{path} does not do the same each time"))?;
    for place in story.places_mut() {
        let file = place.file.replace('\\', "/");
        for source in [&known.solution, &known.model] {
            if file.ends_with(source.path) {
                place.file = source.name.to_owned();
            }
        }
    }
    Ok(Told {
        promise: found.promise,
        test: test.to_owned(),
        verdict: verdict.to_owned(),
        idea: text.lines().find_map(|line| line.strip_prefix("//! idea: ")).map(ToOwned::to_owned),
        executions: failed.executions,
        story,
        solution: known.solution,
        model: known.model,
    })
}

/// The test and the verdict in `//! caught by: init_runs_once (failed)`.
fn claim(text: &str) -> Option<(&str, &str)> {
    let line = text.lines().next()?.strip_prefix("//! caught by: ")?;
    line.strip_suffix(')')?.split_once(" (")
}
