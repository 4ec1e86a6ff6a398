//! Promises about a journal. Each draws the journal with a remark at the row that breaks the promise.

use std::fmt::Display;

use protocol::Unit;

use super::{Entry, Journal, draw};
use crate::clock;
use crate::expect::fail_with_picture;

impl Journal {
    /// Never more than `limit` stretches at the same time. `what` names them: `handlers`.
    ///
    /// # Panics
    ///
    /// If there were more.
    pub fn expect_at_most(&self, limit: usize, what: &str) {
        let entries = self.entries().clone();
        let Some(first) = entries.iter().find(|entry| entry.running > limit) else { return };
        let peak = self.peak();
        let remark = format!("number {}, while {limit} {} running", first.running, was_were(limit));
        fail_with_picture(
            format_args!("at most {limit} {what} at the same time"),
            format_args!("{peak}{}", moment(&entries, peak)),
            draw::picture(&entries, Some((&first.label, remark))),
        );
    }

    /// At some moment at least `wanted` stretches went on at the same time.
    ///
    /// # Panics
    ///
    /// If there were fewer.
    pub fn expect_at_once(&self, wanted: usize, what: &str) {
        let peak = self.peak();
        if peak < wanted {
            self.fail(
                format_args!("{wanted} {what} at the same time, there being enough of them"),
                format_args!("never more than {peak}"),
            );
        }
    }

    /// The stretches began in this order, no more and no fewer.
    ///
    /// # Panics
    ///
    /// If they did not.
    pub fn expect_begun<L: Display>(&self, what: &str, order: impl IntoIterator<Item = L>) {
        let wanted: Vec<String> = order.into_iter().map(|label| label.to_string()).collect();
        let seen = self.begun();
        if seen == wanted {
            return;
        }
        let entries = self.entries().clone();
        let odd = seen.iter().zip(&wanted).position(|(seen, wanted)| seen != wanted);
        let note = odd.map(|at| (entries[at].label.as_str(), format!("here {} was due", wanted[at])));
        fail_with_picture(
            format_args!("{what} begin in this order: {}", wanted.join(", ")),
            seen.join(", "),
            draw::picture(&entries, note),
        );
    }

    /// Everything ended, `expected` virtual milliseconds after the test began.
    ///
    /// # Panics
    ///
    /// If the last end was another, or there is none.
    pub fn expect_finished_at(&self, expected: u64, what: &str) {
        let entries = self.entries().clone();
        let open = entries.iter().filter(|entry| entry.end.is_none()).count();
        let last = entries.iter().filter_map(|entry| entry.end).max().unwrap_or(0);
        if open > 0 {
            self.fail(format_args!("{what} finished at {expected} ms"), format_args!("{open} still going on"));
        }
        if last != expected {
            self.fail(format_args!("{what} finished at {expected} ms"), format_args!("finished at {last} ms"));
        }
    }

    /// Ends the test with this journal's picture.
    ///
    /// # Panics
    ///
    /// Always; that is how it ends the test.
    pub fn fail(&self, expected: impl Display, seen: impl Display) -> ! {
        fail_with_picture(expected, seen, self.picture());
    }
}

/// `, at 20 ms`, where there is a clock.
fn moment(entries: &[Entry], running: usize) -> String {
    let start = entries.iter().find(|entry| entry.running >= running).map(|entry| entry.start);
    match (clock::unit(), start) {
        (Unit::Milliseconds, Some(start)) => format!(", at {start} ms"),
        _ => String::new(),
    }
}

fn was_were(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}
