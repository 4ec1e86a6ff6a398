//! Which promises each known wrong solution breaks: from a pattern of failures to the idea behind it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::Exercise;

/// The file's name, in an exercise's folder of hidden tests.
pub const NAME: &str = "diagnosis.json";

/// The wrong solutions of an exercise and what they break. `author check` makes it by running them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Fingerprint of everything it was made from.
    pub made_from: String,
    /// By the names of the files.
    pub wrong: Vec<Wrong>,
}

/// A known wrong solution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The file's name without its ending: `m72_permit_dropped_early`.
    pub file: String,
    /// The misconception it is named for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misconception: Option<String>,
    /// The idea behind it, as a learner holds it.
    pub idea: String,
    /// The tests that do not pass, with their verdicts.
    pub broken: BTreeMap<String, String>,
}

impl Exercise {
    /// The table of this exercise; an empty one, if there is none yet.
    ///
    /// # Errors
    ///
    /// If it is there and cannot be understood.
    pub fn diagnosis(&self) -> Result<Table> {
        let path = self.hidden.join(NAME);
        match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).with_context(|| format!("cannot understand {}", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Table::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }
}

impl Table {
    /// The text of the file: a line per wrong solution, so that a difference can be read.
    ///
    /// # Errors
    ///
    /// Never for what is made of text.
    pub fn text(&self) -> Result<String> {
        let lines: Vec<String> =
            self.wrong.iter().map(|wrong| Ok(format!("  {}", serde_json::to_string(wrong)?))).collect::<Result<_>>()?;
        let made_from = serde_json::to_string(&self.made_from)?;
        Ok(format!("{{\"made_from\": {made_from}, \"wrong\": [\n{}\n]}}\n", lines.join(",\n")))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Table, Wrong};

    #[test]
    fn what_is_written_is_read() {
        let wrong = |file: &str, misconception: Option<&str>| Wrong {
            file: file.to_owned(),
            misconception: misconception.map(str::to_owned),
            idea: "It is \"so\".".to_owned(),
            broken: BTreeMap::from([("a_test".to_owned(), "failed".to_owned())]),
        };
        let table =
            Table { made_from: "1f".to_owned(), wrong: vec![wrong("m01_so", Some("M01")), wrong("other", None)] };
        let text = table.text().expect("it is text");
        assert_eq!(text.lines().count(), 4);
        assert_eq!(serde_json::from_str::<Table>(&text).expect("it is JSON"), table);
    }
}
