//! How often does the diagnosis name the right idea? Every known wrong solution is left out of its table once and taken for
//! a learner's: is the idea that is named then of the same misconception? Beside it the rule that holds without a table, the
//! first two misconceptions that the first broken test rejects.
//!
//! ```text
//! cargo run -p grader --example diagnosis
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use grader::catalog::diagnosis::{Table, Wrong};
use grader::catalog::{Catalog, Exercise, Workbook};
use grader::verdict::diagnosis::{Pattern, diagnose};

#[derive(Default)]
struct Score {
    cases: usize,
    first: usize,
    either: usize,
    silent: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the package lies in the repository")?;
    let catalog = Catalog::load(&Workbook::at(root))?;
    let (mut with, mut without, mut itself) = (Score::default(), Score::default(), Score::default());
    for exercise in catalog.exercises() {
        let table = exercise.diagnosis()?;
        for (at, wrong) in table.wrong.iter().enumerate() {
            let Some(pattern) = pattern(exercise, wrong) else { continue };
            let whole = diagnose(&table, &pattern).into_iter().map(|idea| idea.idea == wrong.idea);
            itself.count(whole.collect());
            // Of an idea that only one wrong solution has, nobody else can know.
            let Some(id) = &wrong.misconception else { continue };
            let mut others = table.wrong.clone();
            others.remove(at);
            if !others.iter().any(|other| other.misconception.as_ref() == Some(id)) {
                continue;
            }
            let table = Table { made_from: String::new(), wrong: others };
            let named = diagnose(&table, &pattern).into_iter().map(|idea| idea.misconception.as_ref() == Some(id));
            with.count(named.collect());
            without.count(rejected(exercise, &pattern.told).iter().take(2).map(|rejected| rejected == id).collect());
        }
    }
    itself.print("the solution itself, in its table");
    with.print("the same misconception, left out of the table");
    without.print("the same misconception, by the first test alone");
    Ok(())
}

impl Score {
    fn count(&mut self, right: Vec<bool>) {
        self.cases += 1;
        self.first += usize::from(right.first() == Some(&true));
        self.either += usize::from(right.contains(&true));
        self.silent += usize::from(right.is_empty());
    }

    fn print(&self, what: &str) {
        let Self { cases, first, either, silent } = self;
        println!("{what}: named first {first} of {cases}, among two {either}, nothing named {silent}");
    }
}

/// The pattern, as a learner with this file would have it. The first broken test in the file is the one that is told.
fn pattern(exercise: &Exercise, wrong: &Wrong) -> Option<Pattern> {
    let tests = [Some(exercise.tests()), exercise.model()].into_iter().flatten();
    let text: String = tests.filter_map(|path| fs::read_to_string(path).ok()).collect();
    let told = wrong.broken.keys().min_by_key(|test| text.find(&format!("fn {test}(")).unwrap_or(usize::MAX))?;
    let verdict = &wrong.broken[told];
    if verdict == "crashed" || verdict == "timed_out" {
        return None;
    }
    Some(Pattern { broken: wrong.broken.clone(), told: told.clone(), ..Pattern::default() })
}

/// What a test says it rejects.
fn rejected(exercise: &Exercise, test: &str) -> Vec<String> {
    let tests = [Some(exercise.tests()), exercise.model()].into_iter().flatten();
    let text: String = tests.filter_map(|path| fs::read_to_string(path).ok()).collect();
    let Some((before, _)) = text.split_once(&format!("fn {test}(")) else { return Vec::new() };
    let attribute = before.rsplit("test(").next().unwrap_or_default();
    let Some((_, ids)) = attribute.split_once("rejects(") else { return Vec::new() };
    ids.split(')').next().unwrap_or_default().split(',').map(|id| id.trim().to_owned()).collect()
}
