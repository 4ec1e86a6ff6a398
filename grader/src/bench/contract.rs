//! What the contract asks for, in the stub's own words.

use std::fs;

use super::Program;

/// A sentence for an error that stands in the hidden tests: names the item the error is about and quotes the
/// stub's signature of it.
pub fn asks_for(error: &str, program: &Program) -> String {
    let stub = fs::read_to_string(&program.stub).unwrap_or_default();
    let signatures = signatures(&stub);
    let item = signatures.iter().find(|(name, _)| mentions(error, name));
    match item {
        Some((name, signature)) if error.contains("unresolved import") || error.contains("cannot find") => {
            format!("the contract asks for `{name}`, and the file does not offer it:\n{signature}")
        }
        Some((name, signature)) => {
            format!("`{name}` cannot be used as the contract says ({error}). The contract asks for:\n{signature}")
        }
        None if error.contains("unresolved import") => {
            let all: Vec<&str> = signatures.iter().map(|(_, signature)| signature.as_str()).collect();
            format!("the file does not offer what the contract asks for:\n{}", all.join("\n"))
        }
        None => {
            let all: Vec<&str> = signatures.iter().map(|(_, signature)| signature.as_str()).collect();
            format!(
                "the file cannot be used as the contract says ({error}). The contract asks for:\n{}",
                all.join("\n")
            )
        }
    }
}

/// `(name, signature)` of every public item of a stub.
fn signatures(stub: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = stub.lines().peekable();
    while let Some(line) = lines.next() {
        let head = line.trim_start();
        let Some(name) = item_name(head) else { continue };
        let indent = line.len() - head.len();
        let mut signature = String::new();
        let mut next = Some(line);
        while let Some(line) = next {
            let line = line.get(indent..).unwrap_or_else(|| line.trim_start());
            let (kept, ends) = match line.find(['{', ';']) {
                Some(at) => (line[..at].trim_end(), true),
                None => (line.trim_end(), false),
            };
            if !kept.trim().is_empty() {
                signature.push_str("    ");
                signature.push_str(kept);
                signature.push('\n');
            }
            if ends {
                break;
            }
            next = lines.next();
        }
        found.push((name.to_owned(), signature.trim_end().to_owned()));
    }
    found
}

/// The name of the public item this line begins.
fn item_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = ["async fn ", "fn ", "struct ", "enum ", "trait ", "const ", "type "]
        .iter()
        .find_map(|keyword| rest.strip_prefix(keyword))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

fn mentions(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::signatures;

    #[test]
    fn signatures_end_where_bodies_begin() {
        let stub = "pub struct Pool;\nimpl Pool {\n    /// Doc.\n    pub fn new<F>(job: F) -> Self\n    where\n        \
                    F: Fn(),\n    {\n        todo!()\n    }\n}\n";
        let expected = [
            ("Pool".to_owned(), "    pub struct Pool".to_owned()),
            ("new".to_owned(), "    pub fn new<F>(job: F) -> Self\n    where\n        F: Fn(),".to_owned()),
        ];
        assert_eq!(signatures(stub), expected);
    }
}
