//! The command line of the examples: `--workers n`.

use std::num::NonZeroUsize;

/// More would only show how the operating system copes with many threads.
const MOST: usize = 256;

const USAGE: &str = "What I understand is `--workers N`: N workers share the images (1 to 256; 4 if you do not say).";

/// How many workers were asked for; otherwise what to tell the person who asked.
pub fn workers(arguments: impl IntoIterator<Item = String>) -> Result<NonZeroUsize, String> {
    let mut workers = NonZeroUsize::MIN.saturating_add(3);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let value = match argument.split_once('=') {
            Some(("--workers", value)) => value.to_string(),
            _ if argument == "--workers" => arguments
                .next()
                .ok_or_else(|| format!("How many workers? A number belongs after --workers.\n{USAGE}"))?,
            _ => return Err(format!("I do not know what to do with `{argument}`.\n{USAGE}")),
        };
        workers = value
            .parse()
            .ok()
            .filter(|workers: &NonZeroUsize| workers.get() <= MOST)
            .ok_or_else(|| format!("`{value}` is not a number of workers I can start.\n{USAGE}"))?;
    }
    Ok(workers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<usize, String> {
        workers(line.split_whitespace().map(String::from)).map(NonZeroUsize::get)
    }

    #[test]
    fn four_workers_unless_told_otherwise() {
        assert_eq!(parse(""), Ok(4));
        assert_eq!(parse("--workers 16"), Ok(16));
        assert_eq!(parse("--workers=1"), Ok(1));
    }

    #[test]
    fn nonsense_is_answered_with_what_was_meant() {
        for (line, complaint) in [
            ("--workers", "How many workers?"),
            ("--workers 0", "`0` is not a number of workers"),
            ("--workers -1", "`-1` is not"),
            ("--workers many", "`many` is not"),
            ("--workers 257", "`257` is not"),
            ("--wokers 4", "do not know what to do with `--wokers`"),
            ("4", "do not know what to do with `4`"),
        ] {
            let said = parse(line).expect_err(line);
            assert!(said.contains(complaint), "{line}: {said}");
            assert!(said.contains("--workers N"), "{line}: {said}");
        }
    }
}
