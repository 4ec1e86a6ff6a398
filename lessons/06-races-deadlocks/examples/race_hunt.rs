//! Two bugs in a bank: hunted by running the program ten thousand times, and then schedule by schedule.
//!
//! `cargo run -q -p lesson-06-races-deadlocks --example race_hunt -- 100000`

// In this example, and in the two files that it includes, `std` is the model: outside a search it behaves as ever,
// inside one its threads take the turns that they are given. The lesson's library has the real one.
extern crate std_model as std;

use std::env;
use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;
use std::time::Duration;

use interleave::{Kind, Outcome, Search, columns};
use lesson_06_races_deadlocks as real;
use real::hunt::plainly;
use real::journal::Journal;

#[path = "../src/account.rs"]
mod account;
#[path = "../src/bank.rs"]
mod bank;

/// How long a run may take before it counts as stuck.
const PATIENCE: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let runs = match env::args().nth(1).map(|runs| runs.parse()) {
        None => 10_000,
        Some(Ok(runs)) => runs,
        Some(Err(_)) => {
            eprintln!("What I understand is a number: how often to run each program (10000 if you do not say).");
            return ExitCode::from(2);
        }
    };
    // What goes wrong is told below, once.
    panic::set_hook(Box::new(|_| {}));

    let journal = Journal::begin();
    journal.say("Two people want 80 of 100:");
    let real = || real::account::two_at_once(real::account::Account::withdraw);
    journal.say(&format!("  {}", plainly(real, runs, PATIENCE)));
    search(&journal, || account::two_at_once(account::Account::withdraw));
    journal.say("The same, checked and taken in one step:");
    search(&journal, || account::two_at_once(account::Account::withdraw_in_one_step));
    journal.say("Two transfers, one there and one back:");
    journal.say(&format!("  {}", plainly(real::bank::there_and_back, runs, PATIENCE)));
    search(&journal, bank::there_and_back);
    ExitCode::SUCCESS
}

/// Searches the schedules of `program`; the first that fails is replayed and drawn.
fn search(journal: &Journal, program: fn()) {
    match Search::new().run(program) {
        Outcome::AllChecked { executions } => {
            journal.say(&format!("  {executions} schedules, every one fine: every interleaving checked"));
        }
        Outcome::NoneUpTo { deviations, executions } => {
            journal.say(&format!("  {executions} schedules, up to {deviations} deviations, and nothing happened"));
        }
        Outcome::Failed(failed) => {
            let how = match failed.kind {
                Kind::Panicked(_) => "goes wrong",
                Kind::Deadlocked => "is a deadlock",
                Kind::Livelocked | Kind::Leaked => "never ends",
                Kind::NotDeterministic => "is different every time",
            };
            journal.say(&format!("  schedule {} {how}, and does so every time:", failed.executions));
            let story = Search::new().replay(&failed.schedule, program);
            let _ = writeln!(io::stdout(), "\n{}", columns(&story, 80));
        }
    }
}
