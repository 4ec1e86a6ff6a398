//! The planted bugs are found; nothing is found where nothing is planted.

use std::time::Duration;

use interleave::{Kind, Outcome, Search};

/// What the search is to say.
#[derive(Debug, Clone, Copy)]
enum Said {
    /// The body panics, found within this many executions.
    Panics(u64),
    /// A deadlock, found within this many executions.
    Deadlocks(u64),
    /// Every interleaving checked: there are this many.
    AllChecked(u64),
    /// Nothing found within the limit, and all schedules with at least this many deviations were run.
    NoneUpTo(u32),
}

use Said::{AllChecked, Deadlocks, NoneUpTo, Panics};

const LIMIT: u64 = 20_000;

const TABLE: &[(&str, Said)] = &[
    ("a_good", AllChecked(64)),
    ("a_bad1", Panics(3)),
    ("a_bad2", Panics(5)),
    ("b_good", AllChecked(5)),
    ("b_bad1", Deadlocks(3)),
    ("b_spin", NoneUpTo(6)),
    ("c_good", NoneUpTo(4)),
    ("c_bad1", Deadlocks(1)),
    ("c_bad2", Panics(1_082)),
    ("d_good", AllChecked(7)),
    ("d_bad1", Deadlocks(5)),
    ("d_bad2", Deadlocks(5)),
    ("e_good", AllChecked(72)),
    ("e_bad1", Panics(3)),
    ("e_bad2", Panics(3)),
    ("e_relaxed", Panics(10)),
    ("f_good", NoneUpTo(4)),
    ("f_bad1", Panics(1)),
    ("f_bad2", Deadlocks(15)),
];

#[test]
fn planted_bugs_are_found_and_only_they() {
    let search = Search::new().max_time(Duration::from_secs(600)).max_executions(LIMIT);
    let mut wrong = Vec::new();
    for &(name, said) in TABLE {
        let outcome = search.run(cases::planted::scenario(name));
        let agrees = match (&outcome, said) {
            (Outcome::Failed(failed), Panics(within)) => {
                matches!(failed.kind, Kind::Panicked(_)) && failed.executions <= within
            }
            (Outcome::Failed(failed), Deadlocks(within)) => {
                failed.kind == Kind::Deadlocked && failed.executions <= within
            }
            (Outcome::AllChecked { executions }, AllChecked(all)) => *executions == all,
            (Outcome::NoneUpTo { deviations, .. }, NoneUpTo(least)) => *deviations >= least,
            _ => false,
        };
        if !agrees {
            wrong.push(format!("{name}: {said:?}, but {outcome:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(TABLE.len(), cases::planted::ALL.len());
}
