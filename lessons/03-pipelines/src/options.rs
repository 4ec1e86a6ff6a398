//! The command line of the examples: `--buffer n`, `--slow n` and the like.

/// A number that can be said on the command line.
pub struct Number {
    /// What it is called there, with both dashes.
    pub name: &'static str,
    /// What it is if nobody says it.
    pub default: u64,
    /// The most it may be; the least is 1.
    pub most: u64,
    /// What it is about.
    pub about: &'static str,
}

/// The numbers, in their order; otherwise what to tell the person who asked.
pub fn numbers<const N: usize>(
    known: [Number; N],
    arguments: impl IntoIterator<Item = String>,
) -> Result<[u64; N], String> {
    let usage: String = known
        .iter()
        .map(|Number { name, default, most, about }| {
            format!("\n  {name} N   {about} (1 to {most}; {default} if you do not say)")
        })
        .collect();
    let usage = format!("What I understand is:{usage}");
    let mut said = known.each_ref().map(|number| number.default);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (argument.as_str(), None),
        };
        let Some(place) = known.iter().position(|number| number.name == name) else {
            return Err(format!("I do not know what to do with `{argument}`.\n{usage}"));
        };
        let Some(value) = value.or_else(|| arguments.next()) else {
            return Err(format!("A number belongs after {name}.\n{usage}"));
        };
        said[place] = value
            .parse()
            .ok()
            .filter(|number| (1..=known[place].most).contains(number))
            .ok_or_else(|| format!("`{value}` does not fit after {name}.\n{usage}"))?;
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<[u64; 2], String> {
        let workers = Number { name: "--workers", default: 3, most: 64, about: "how many share the work" };
        let limit = Number { name: "--limit", default: 2, most: 8, about: "how many at once" };
        numbers([workers, limit], line.split_whitespace().map(String::from))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        assert_eq!(parse(""), Ok([3, 2]));
        assert_eq!(parse("--limit 8"), Ok([3, 8]));
        assert_eq!(parse("--limit=1 --workers 64"), Ok([64, 1]));
    }

    #[test]
    fn nonsense_is_answered_with_what_was_meant() {
        for (line, complaint) in [
            ("--workers", "A number belongs after --workers"),
            ("--workers 0", "`0` does not fit after --workers"),
            ("--workers 65", "`65` does not fit"),
            ("--limit 9", "`9` does not fit after --limit"),
            ("--limit many", "`many` does not fit"),
            ("--wokers 4", "do not know what to do with `--wokers`"),
            ("4", "do not know what to do with `4`"),
        ] {
            let said = parse(line).expect_err(line);
            assert!(said.contains(complaint), "{line}: {said}");
            assert!(said.contains("--workers N") && said.contains("--limit N"), "{line}: {said}");
        }
    }
}
