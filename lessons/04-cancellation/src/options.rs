//! The command line of the examples: names with numbers behind them.

/// Reads `--name number` pairs into `values`; otherwise says what to tell the person who asked.
pub fn numbers(
    arguments: impl IntoIterator<Item = String>,
    values: &mut [(&str, &mut Option<u64>)],
) -> Result<(), String> {
    let usage = || {
        let names: Vec<String> = values.iter().map(|(name, _)| format!("`{name} N`")).collect();
        format!("What I understand is {}: N milliseconds.", names.join(" and "))
    };
    let usage = usage();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_string(), Some(value.to_string())),
            None => (argument, None),
        };
        let Some((_, place)) = values.iter_mut().find(|(known, _)| *known == name) else {
            return Err(format!("I do not know what to do with `{name}`.\n{usage}"));
        };
        let value =
            value.or_else(|| arguments.next()).ok_or_else(|| format!("A number belongs after {name}.\n{usage}"))?;
        let number = value.parse().map_err(|_| format!("`{value}` is not a number of milliseconds.\n{usage}"))?;
        **place = Some(number);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<(Option<u64>, Option<u64>), String> {
        let (mut patience, mut cancel) = (Some(550), None);
        numbers(
            line.split_whitespace().map(String::from),
            &mut [("--patience", &mut patience), ("--cancel", &mut cancel)],
        )?;
        Ok((patience, cancel))
    }

    #[test]
    fn what_is_not_said_stays_as_it_was() {
        assert_eq!(parse(""), Ok((Some(550), None)));
        assert_eq!(parse("--cancel 300"), Ok((Some(550), Some(300))));
        assert_eq!(parse("--patience=2000 --cancel=0"), Ok((Some(2000), Some(0))));
    }

    #[test]
    fn nonsense_is_answered_with_what_was_meant() {
        for (line, complaint) in [
            ("--patience", "A number belongs after --patience"),
            ("--cancel soon", "`soon` is not a number"),
            ("--cancel -1", "`-1` is not a number"),
            ("--patients 5", "do not know what to do with `--patients`"),
        ] {
            let said = parse(line).expect_err(line);
            assert!(said.contains(complaint), "{line}: {said}");
            assert!(said.contains("`--patience N` and `--cancel N`"), "{line}: {said}");
        }
    }
}
