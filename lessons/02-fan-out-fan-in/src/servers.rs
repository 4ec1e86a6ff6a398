//! The work: servers that are asked for a price, and take their time.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use tokio::time::sleep;

use crate::journal::Journal;

/// A server that can be asked for a price.
#[derive(Clone)]
pub struct Server {
    /// Its name: `server 1`, `server 2` and so on.
    pub name: String,
    /// How long it takes to answer.
    pub takes: Duration,
    /// What it answers.
    pub answer: Result<u64, Refused>,
    journal: Journal,
}

/// A server that does not tell its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(
    /// Its name.
    pub String,
);

impl Display for Refused {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no price", self.0)
    }
}

impl Error for Refused {}

/// Servers that take so many milliseconds to answer, numbered from 1. The price of the first is 10, of the second 20.
pub fn taking(milliseconds: &[u64], journal: &Journal) -> Vec<Server> {
    let numbered = (1_u64..).zip(milliseconds);
    let server = |(number, &milliseconds)| Server {
        name: format!("server {number}"),
        takes: Duration::from_millis(milliseconds),
        answer: Ok(10 * number),
        journal: journal.clone(),
    };
    numbered.map(server).collect()
}

/// The server with this number refuses to answer.
pub fn refusing(number: usize, mut servers: Vec<Server>) -> Vec<Server> {
    let server = &mut servers[number - 1];
    server.answer = Err(Refused(server.name.clone()));
    servers
}

/// Asks a server for its price.
pub async fn try_ask(server: Server) -> Result<u64, Refused> {
    let asking = server.journal.begin(&server.name, "is asked");
    sleep(server.takes).await;
    asking.done(if server.answer.is_ok() { "answers" } else { "refuses" });
    server.answer
}

/// Asks a server that always has a price.
pub async fn ask(server: Server) -> u64 {
    try_ask(server).await.expect("this one always has a price")
}
