//! An information desk: five things that all visitors share, behind one lock, and each with a tool of its own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, RwLock};
use std::thread;

use crate::opening::Opening;
use crate::pool::Pool;

/// How many connections a desk has.
pub const CONNECTIONS: usize = 2;

/// A connection to the archive, where the answers come from.
#[derive(Default)]
pub struct Connection(());

/// What the desk reads when it answers for the first time.
pub struct Config {
    /// What every answer begins with.
    pub greeting: String,
}

impl Config {
    /// Reads it.
    pub fn load() -> Self {
        Self { greeting: "Hello: ".to_string() }
    }
}

fn connections() -> impl Iterator<Item = Connection> {
    std::iter::repeat_with(Connection::default).take(CONNECTIONS)
}

// ANCHOR: one_lock
/// Everything that the visitors of a desk share, behind one lock.
pub struct OneLock(Mutex<Shared>);

struct Shared {
    asked: u64,
    known: HashMap<String, String>,
    config: Option<Config>,
    open: bool,
    connections: Vec<Connection>,
}

impl OneLock {
    /// The answer to a question: a known one, or a query to the archive.
    pub fn ask(&self, question: &str, query: impl FnOnce(&Connection) -> String) -> String {
        while !self.0.lock().unwrap().open {
            thread::yield_now();
        }
        let mut desk = self.0.lock().unwrap();
        desk.asked += 1;
        let greeting = desk.config.get_or_insert_with(Config::load).greeting.clone();
        if let Some(answer) = desk.known.get(question) {
            return greeting + answer;
        }
        let connection = desk.connections.pop().expect("nobody else is here");
        let answer = query(&connection);
        desk.connections.push(connection);
        desk.known.insert(question.to_string(), answer.clone());
        greeting + &answer
    }
}
// ANCHOR_END: one_lock

impl Default for OneLock {
    fn default() -> Self {
        let connections = connections().collect();
        Self(Mutex::new(Shared { asked: 0, known: HashMap::new(), config: None, open: false, connections }))
    }
}

impl OneLock {
    /// Opens the desk.
    pub fn open(&self) {
        self.0.lock().unwrap().open = true;
    }

    /// How many questions were asked.
    pub fn asked(&self) -> u64 {
        self.0.lock().unwrap().asked
    }
}

// ANCHOR: five_tools
/// The same five things, each with the tool that suits it.
pub struct Desk {
    asked: AtomicU64,
    known: RwLock<HashMap<String, String>>,
    config: OnceLock<Config>,
    opening: Opening,
    connections: Pool<Connection>,
}

impl Desk {
    /// The answer to a question: a known one, or a query to the archive.
    pub fn ask(&self, question: &str, query: impl FnOnce(&Connection) -> String) -> String {
        self.opening.wait();
        self.asked.fetch_add(1, Ordering::Relaxed);
        let greeting = &self.config.get_or_init(Config::load).greeting;
        // A statement of its own: nothing is locked during the query.
        let known = self.known.read().unwrap().get(question).cloned();
        let answer = known.unwrap_or_else(|| {
            let answer = query(&self.connections.borrow());
            self.known.write().unwrap().insert(question.to_string(), answer.clone());
            answer
        });
        format!("{greeting}{answer}")
    }
}
// ANCHOR_END: five_tools

impl Default for Desk {
    fn default() -> Self {
        Self {
            asked: AtomicU64::new(0),
            known: RwLock::default(),
            config: OnceLock::new(),
            opening: Opening::default(),
            connections: connections().collect(),
        }
    }
}

impl Desk {
    /// Opens the desk.
    pub fn open(&self) {
        self.opening.open();
    }

    /// How many questions were asked.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Barrier};

    use super::*;
    use crate::journal::Journal;
    use crate::testing::within_ten_seconds;

    #[test]
    fn behind_one_lock_one_query_at_a_time_whatever_the_number_of_connections() {
        let desk = OneLock::default();
        let journal = Journal::silent();
        desk.open();
        thread::scope(|scope| {
            for visitor in 1..=8 {
                let (desk, journal) = (&desk, &journal);
                scope.spawn(move || {
                    desk.ask(&format!("question {visitor}"), |_| {
                        let _query = journal.works(&format!("visitor {visitor}"), "asks");
                        thread::yield_now();
                        "yes".to_string()
                    })
                });
            }
        });
        assert_eq!(journal.peak(), 1);
        assert_eq!(desk.asked(), 8);
        assert_eq!(desk.ask("question 3", |_| unreachable!("this is known")), "Hello: yes");
    }

    #[test]
    fn with_a_tool_for_each_two_queries_run_at_once_and_never_three() {
        let journal = Journal::silent();
        let writer = journal.clone();
        let asked = within_ten_seconds(move || {
            let (desk, two_here) = (Desk::default(), Barrier::new(2));
            thread::scope(|scope| {
                for visitor in 1..=8 {
                    let (desk, two_here, writer) = (&desk, &two_here, &writer);
                    scope.spawn(move || {
                        desk.ask(&format!("question {visitor}"), |_| {
                            let _query = writer.works(&format!("visitor {visitor}"), "asks");
                            two_here.wait();
                            "yes".to_string()
                        })
                    });
                }
                desk.open();
            });
            desk.asked()
        });
        assert_eq!(journal.peak(), 2);
        assert_eq!(asked, 8);
    }

    #[test]
    fn what_is_known_is_answered_while_both_connections_are_busy() {
        within_ten_seconds(|| {
            let desk = Arc::new(Desk::default());
            desk.open();
            assert_eq!(desk.ask("known", |_| "yes".to_string()), "Hello: yes");
            let meeting = Arc::new(Barrier::new(CONNECTIONS + 1));
            let visitors = [(); CONNECTIONS].map(|()| {
                let (desk, meeting) = (desk.clone(), meeting.clone());
                thread::spawn(move || {
                    desk.ask(&format!("{:?}", thread::current().id()), |_| {
                        meeting.wait();
                        meeting.wait();
                        "late".to_string()
                    })
                })
            });
            meeting.wait();
            assert_eq!(desk.ask("known", |_| unreachable!("this is known")), "Hello: yes");
            meeting.wait();
            for visitor in visitors {
                assert_eq!(visitor.join().expect("no panic"), "Hello: late");
            }
        });
    }
}
