//! Nine visitors of an information desk.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use crate::desk::Connection;
use crate::journal::Journal;

/// How long a query to the archive takes.
const PER_QUERY: Duration = Duration::from_millis(100);

/// What a visitor does once there is a connection.
pub type Query<'a> = Box<dyn FnOnce(&Connection) -> String + 'a>;

/// Sends nine visitors to a desk, prints a line for everything that happens, and bars at the end.
///
/// Somebody has asked a question before them. Eight of the visitors come together, each with a question of their own;
/// the ninth comes 50 ms later, with the question that has an answer already.
pub fn nine_visitors(ask: impl Fn(&str, Query<'_>) -> String + Sync) {
    ask("Where is the exit?", Box::new(|_| "there".to_string()));

    let journal = Journal::aloud();
    thread::scope(|scope| {
        for visitor in 1..=9 {
            let (ask, journal) = (&ask, &journal);
            let visit = move || {
                let name = format!("visitor {visitor}");
                let question = if visitor == 9 { "Where is the exit?" } else { &format!("Where is room {visitor}?") };
                if visitor == 9 {
                    thread::sleep(PER_QUERY / 2);
                }
                journal.note(&name, "comes");
                let mut waiting = Some(journal.waits(&name));
                let query = |_: &Connection| {
                    drop(waiting.take());
                    let _query = journal.works(&name, "gets a connection");
                    thread::sleep(PER_QUERY);
                    "upstairs".to_string()
                };
                ask(question, Box::new(query));
                drop(waiting);
                journal.note(&name, "has an answer");
            };
            scope.spawn(visit);
        }
    });
    let (queries, total, peak) = (journal.count(), journal.total().as_millis(), journal.peak());
    let _ = write!(io::stdout(), "\n{journal}{queries} queries in {total} ms, at most {peak} at once\n");
}
