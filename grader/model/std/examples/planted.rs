//! The planted bugs by search and by plain stress, side by side: executions and time to the first failure.
//!
//! ```text
//! cargo run --release -p std-model --example planted [SECONDS]
//! ```
//!
//! `SECONDS` (default 1) is the limit for each program and either way. Stress runs the program over and over on
//! the real std, without any tricks; a run that does not come back within the limit counts as a failure.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use interleave::{Kind, Outcome, Search};

fn main() {
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(1.0);
    let limit = Duration::from_secs_f64(seconds);
    std::panic::set_hook(Box::new(|_| {}));
    println!("{:10}  {:>10} {:>9} {:>9}  {:38}  stress", "", "executions", "time", "each", "search");
    for (&(name, modelled), &(_, real)) in cases::planted::ALL.iter().zip(cases_real::planted::ALL) {
        let begun = Instant::now();
        let outcome = Search::new().max_time(limit).max_executions(u64::MAX).run(modelled);
        let time = begun.elapsed();
        let executions = outcome.executions();
        let each = time.as_secs_f64() * 1e6 / executions as f64;
        println!(
            "{name:10}  {executions:>10} {:>7.1}ms {each:>7.1}µs  {:38}  {}",
            time.as_secs_f64() * 1e3,
            said(&outcome),
            stress(real, limit)
        );
    }
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::AllChecked { .. } => "every interleaving checked".to_owned(),
        Outcome::NoneUpTo { deviations, .. } => format!("none with up to {deviations} deviations"),
        Outcome::Failed(failed) => {
            let kind = match &failed.kind {
                Kind::Panicked(_) => "panic",
                Kind::Deadlocked => "deadlock",
                Kind::Livelocked => "live-lock",
                Kind::Leaked => "leak",
                Kind::NotDeterministic => "not deterministic",
            };
            format!("{kind} with {} deviations", failed.schedule.cost())
        }
    }
}

fn stress(program: fn(), limit: Duration) -> String {
    let begun = Instant::now();
    let mut runs = 0;
    while begun.elapsed() < limit {
        runs += 1;
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || sender.send(std::panic::catch_unwind(program).is_ok()));
        let found = match receiver.recv_timeout(limit) {
            Ok(true) => continue,
            Ok(false) => "failed",
            Err(_) => "did not come back",
        };
        return format!("{found} in run {runs}, {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    }
    format!("nothing in {runs} runs")
}
