//! What a test process and the grader say to each other.
//!
//! The grader starts one process per test and writes one [`Request`] to its standard input. The process
//! answers by appending [`Envelope`]s, one JSON document per line, to the file the request names. Standard
//! output, standard error and the exit code belong to the learner's code and carry no meaning.
//!
//! Every type here is data: no behaviour, no I/O.

mod message;
mod picture;
mod place;

pub use message::{Answer, Envelope, Explored, Failure, Listing, Panic, Request, TestInfo};
pub use picture::{Bar, Picture, Row, Unit};
pub use place::{Party, Place, Waiting};
