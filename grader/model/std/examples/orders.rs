//! What weak memory costs: executions and time with it and without.
//!
//! ```text
//! cargo run --release -p std-model --example orders [SECONDS]
//! ```
//!
//! `SECONDS` (default 10) is the limit for each program.

use std::time::{Duration, Instant};

use interleave::{Outcome, Search};

fn main() {
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(10.0);
    let search = Search::new().max_time(Duration::from_secs_f64(seconds)).max_executions(u64::MAX);
    println!("{:32} {:^30}   {:^30}", "", "weak memory", "every order SeqCst");
    for &(name, program) in cases::litmus::sizes::ALL {
        let [weak, strong] = [true, false].map(|weak| measured(&search.clone().weak_memory(weak), program));
        println!("{name:32} {weak:>30}   {strong:>30}");
    }
}

fn measured(search: &Search, program: fn()) -> String {
    let begun = Instant::now();
    let outcome = search.run(program);
    let time = begun.elapsed().as_secs_f64() * 1e3;
    let executions = outcome.executions();
    match outcome {
        Outcome::AllChecked { .. } => format!("all {executions} in {time:.1} ms"),
        Outcome::NoneUpTo { deviations, .. } => format!("{executions} (up to {deviations}) in {time:.0} ms"),
        Outcome::Failed(failed) => format!("failed: {:?}", failed.kind),
    }
}
