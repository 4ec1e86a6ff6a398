//! The table of what is modelled is made from snippets that compile.

use std::fmt::Write;

use cases::probes::ALL;
use interleave::{Outcome, Search};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/MODELLED.md");

/// `UPDATE=1 cargo test -p std-model --test table` writes the table anew.
#[test]
fn the_table_lists_what_compiles() {
    let mut table = "| In `std` | Modelled |\n|---|---|\n".to_owned();
    let mut items: Vec<&str> = ALL.iter().map(|probe| probe.item).collect();
    items.dedup();
    for item in items {
        let apis = ALL.iter().filter(|probe| probe.item == item);
        let apis: Vec<_> = apis.map(|probe| probe.api.replace('|', "\\|")).collect();
        writeln!(table, "| `{item}` | {} |", apis.join(" · ")).expect("text");
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &table).expect("the table is written");
    }
    let known = std::fs::read_to_string(PATH).expect("the table").replace("\r\n", "\n");
    assert_eq!(known, table);
}

#[test]
fn every_snippet_runs_inside_an_exploration_and_outside() {
    for probe in ALL {
        (probe.run)();
        let outcome = Search::new().max_executions(200).run(probe.run);
        assert!(!matches!(outcome, Outcome::Failed(_)), "{} {}: {outcome:?}", probe.item, probe.api);
    }
    assert_eq!(ALL.len(), cases_real::probes::ALL.len());
    cases_real::probes::ALL.iter().for_each(|probe| (probe.run)());
}
