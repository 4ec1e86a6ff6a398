//! The book in a real browser, as its readers use it.
//!
//! `scripts/browser.sh` installs what is needed. Where it is missing these tests say so and do nothing; in CI they fail.

mod driver;
mod everybody;
#[cfg(unix)]
mod live;
mod navigation;
mod players;
mod quiz;
mod reader;
mod static_site;

use driver::Driver;
use reader::Reader;

use crate::support::served;

/// Runs a test at a served book. No page may complain or ask another host, whatever the test does.
fn reading(test: impl AsyncFnOnce(&Reader)) {
    reading_with(&[], test);
}

/// The same, of a book that is served with these arguments.
fn reading_with(arguments: &[&str], test: impl AsyncFnOnce(&Reader)) {
    let Some(driver) = Driver::start() else { return };
    let (_book, port) = served(arguments);
    driver.run(&format!("http://localhost:{port}/"), test);
}
