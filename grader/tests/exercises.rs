//! The exercise check: every stub is not started, every solution and every right one passes, every wrong one is
//! caught by the test named for it. What a learner has typed in `exercises/` does not matter here.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use grader::author::{Faces, Finding, examine, prove};
use grader::catalog::{Catalog, Exercise, Workbook};
use grader::process::Runner;
use grader::stop::Stop;

#[test]
fn every_exercise_rejects_what_is_wrong_and_accepts_what_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository");
    let workbook = Workbook::at(root);
    let catalog = Catalog::load(&workbook).expect("the catalog can be read");
    let mut findings: Vec<Finding> = Vec::new();
    let examined: Vec<(Exercise, Faces)> = catalog
        .exercises()
        .map(|exercise| {
            let (faces, found) = examine(&workbook, &catalog, exercise, false);
            findings.extend(found);
            (exercise.clone(), faces)
        })
        .collect();
    let runner = Runner {
        cell: PathBuf::from(env!("CARGO_BIN_EXE_grader")),
        scratch: workbook.target.join("channels"),
        deadline: Duration::from_secs(10),
        stop: Stop::default(),
    };
    let jobs = thread::available_parallelism().map_or(2, usize::from);
    let proved = prove(&workbook, &catalog, &examined, &runner, jobs, &mut |_| {}).expect("the grader can work");
    findings.extend(proved.findings);
    assert!(findings.is_empty(), "{findings:#?}");
    let least = 8 * examined.len();
    assert!(proved.programs >= least, "only {} programs for {} exercises", proved.programs, examined.len());
}
