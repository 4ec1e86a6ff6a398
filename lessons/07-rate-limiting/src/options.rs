//! The command line of the client: names with numbers behind them.

use std::num::NonZeroU32;
use std::time::Duration;

/// What the client is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many requests there are.
    pub requests: u32,
    /// How many may go at once.
    pub burst: NonZeroU32,
    /// How many may go in a second, in the long run.
    pub rate: NonZeroU32,
    /// How long the server takes for an answer.
    pub answer: Duration,
    /// When the user loses patience, if at all.
    pub cancel: Option<Duration>,
}

const USAGE: &str = "\
What I understand:
  --requests N   how many there are (8)
  --burst N      how many may go at once (3)
  --rate N       how many may go in a second, in the long run (10)
  --answer MS    how long the server takes for each (50)
  --cancel MS    when to cancel what is left (never, except by Ctrl-C)";

/// More would only show how the operating system copes with many connections.
const MOST: u32 = 200;

/// What was asked for; otherwise what to tell the person who asked.
pub fn options(arguments: impl IntoIterator<Item = String>) -> Result<Options, String> {
    let (three, ten) = (NonZeroU32::MIN.saturating_add(2), NonZeroU32::MIN.saturating_add(9));
    let answer = Duration::from_millis(50);
    let mut options = Options { requests: 8, burst: three, rate: ten, answer, cancel: None };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_string(), Some(value.to_string())),
            None => (argument, None),
        };
        if !["--requests", "--burst", "--rate", "--answer", "--cancel"].contains(&name.as_str()) {
            return Err(format!("I do not know what to do with `{name}`.\n{USAGE}"));
        }
        let value =
            value.or_else(|| arguments.next()).ok_or_else(|| format!("A number belongs after {name}.\n{USAGE}"))?;
        let number: u32 =
            value.parse().map_err(|_| format!("`{value}` is not a number that {name} understands.\n{USAGE}"))?;
        let milliseconds = Duration::from_millis(number.into());
        let at_least_one = || NonZeroU32::new(number).ok_or_else(|| format!("{name} cannot be 0.\n{USAGE}"));
        match name.as_str() {
            "--requests" if number > MOST => return Err(format!("{number} are more than the {MOST} I can send.")),
            "--requests" => options.requests = number,
            "--burst" => options.burst = at_least_one()?,
            "--rate" => options.rate = at_least_one()?,
            "--answer" => options.answer = milliseconds,
            _ => options.cancel = Some(milliseconds),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        options(line.split_whitespace().map(String::from))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let options = parse("--rate 5 --cancel=430").expect("this is understood");
        assert_eq!((options.burst.get(), options.rate.get()), (3, 5));
        assert_eq!(options.cancel, Some(Duration::from_millis(430)));
        assert_eq!(parse("").expect("this is understood").cancel, None);
    }

    #[test]
    fn nonsense_is_answered_with_what_was_meant() {
        for (line, complaint) in [
            ("--rate", "A number belongs after --rate"),
            ("--rate fast", "`fast` is not a number"),
            ("--burst 0", "--burst cannot be 0"),
            ("--requests 201", "more than the 200"),
            ("--speed 5", "do not know what to do with `--speed`"),
        ] {
            let said = parse(line).expect_err(line);
            assert!(said.contains(complaint), "{line}: {said}");
        }
    }
}
