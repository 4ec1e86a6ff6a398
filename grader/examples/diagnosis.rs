//! How often does the diagnosis name the right idea? Every known wrong solution is taken for a learner's; once as it is, and
//! once left out of its table, like a mistake that nobody has foreseen: is the idea that is named then of the same
//! misconception? Beside it what each half of the rule would say alone: the table without the test, the test without the
//! table.
//!
//! ```text
//! cargo run -p grader --example diagnosis
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use grader::catalog::diagnosis::{Table, Wrong};
use grader::catalog::{Catalog, Exercise, Workbook};
use grader::verdict::Idea;
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
    let ideas = &catalog.misconceptions;
    let [mut itself, mut both, mut table_alone, mut test_alone] = [(); 4].map(|()| Score::default());
    for exercise in catalog.exercises() {
        let table = exercise.diagnosis()?;
        for (at, wrong) in table.wrong.iter().enumerate() {
            let Some(pattern) = pattern(exercise, wrong) else { continue };
            itself.count(&diagnose(&table, &pattern, ideas), |idea| idea.idea == wrong.idea || is_of(idea, wrong));
            if wrong.misconception.is_none() {
                continue;
            }
            let mut others = table.wrong.clone();
            others.remove(at);
            let others = Table { made_from: String::new(), wrong: others };
            let no_test = Pattern { rejects: Vec::new(), ..pattern.clone() };
            both.count(&diagnose(&others, &pattern, ideas), |idea| is_of(idea, wrong));
            table_alone.count(&diagnose(&others, &no_test, ideas), |idea| is_of(idea, wrong));
            test_alone.count(&diagnose(&Table::default(), &pattern, ideas), |idea| is_of(idea, wrong));
        }
    }
    itself.print("known");
    both.print("left out of the table");
    table_alone.print("left out, by the table alone");
    test_alone.print("left out, by the test alone");
    Ok(())
}

impl Score {
    fn count(&mut self, named: &[Idea], is_right: impl Fn(&Idea) -> bool) {
        self.cases += 1;
        self.first += usize::from(named.first().is_some_and(&is_right));
        self.either += usize::from(named.iter().any(is_right));
        self.silent += usize::from(named.is_empty());
    }

    fn print(&self, what: &str) {
        let Self { cases, first, either, silent } = self;
        println!("{what}: named first {first} of {cases}, among two {either}, nothing named {silent}");
    }
}

/// Whether the idea is the misconception that the solution is named for.
fn is_of(idea: &Idea, wrong: &Wrong) -> bool {
    wrong.misconception.is_some() && idea.misconception == wrong.misconception
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
    let rejects = rejected(exercise, told);
    Some(Pattern { broken: wrong.broken.clone(), told: told.clone(), rejects, ..Pattern::default() })
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
