//! Schedules: a wrong solution and the way in which threads can take turns that breaks it, found by a search while the
//! book is built.

mod excerpt;
mod page;

use anyhow::{Result, anyhow};

/// The schedule that breaks this wrong solution, as a figure in a page.
pub fn figure(name: &str) -> Result<String> {
    page::figure(name, &schedules::tell(name).map_err(|error| anyhow!(error))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_story_fits_into_a_page() {
        for name in schedules::names() {
            let figure = figure(name).expect("it is broken by a schedule");
            assert!(figure.len() < 30_000, "{name}: {} bytes", figure.len());
            assert!(figure.lines().all(|line| !line.trim().is_empty()), "{name}: a blank line would end the figure");
        }
    }
}
