//! Programs whose outcomes are known: from the documentation of std, and from counting interleavings by hand.

mod atomics;
mod channels;
mod locks;
mod once;
mod threads;
mod time;
mod waiting;

/// A program and its outcomes.
#[derive(Debug)]
pub struct Case {
    /// A sentence with underscores.
    pub name: &'static str,
    /// One run; the outcome as text.
    pub run: fn() -> String,
    /// What may come out: the search finds exactly these, the real std nothing else.
    pub outcomes: &'static [&'static str],
    /// What may also come out where time is real.
    pub in_real_time: &'static [&'static str],
}

impl Case {
    pub(crate) const fn new(name: &'static str, run: fn() -> String, outcomes: &'static [&'static str]) -> Self {
        Self { name, run, outcomes, in_real_time: &[] }
    }

    const fn or_in_real_time(mut self, outcomes: &'static [&'static str]) -> Self {
        self.in_real_time = outcomes;
        self
    }
}

/// All cases.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [atomics::CASES, channels::CASES, locks::CASES, once::CASES, threads::CASES, time::CASES, waiting::CASES]
        .into_iter()
        .flatten()
}
