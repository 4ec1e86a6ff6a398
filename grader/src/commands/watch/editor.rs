//! Opening a file in the learner's editor.

use std::path::Path;
use std::process::Command;

/// The command that opens `file` at `line`: `$VISUAL`, `$EDITOR`, or VS Code where this is its terminal. Otherwise,
/// what to do.
pub fn command(file: &Path, line: u32, variable: &dyn Fn(&str) -> Option<String>) -> Result<Command, String> {
    let set = |name| variable(name).filter(|value| !value.trim().is_empty());
    let in_vs_code = variable("TERM_PROGRAM").as_deref() == Some("vscode");
    let Some(editor) = set("VISUAL").or(set("EDITOR")).or(in_vs_code.then(|| "code --reuse-window".to_owned())) else {
        return Err("no editor is known: set EDITOR, for example EDITOR=nano, and start again".to_owned());
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let mut command = Command::new(program);
    command.args(words);
    let name = Path::new(program).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let place = format!("{}:{line}", file.display());
    match name {
        "code" | "code-insiders" | "codium" => command.arg("--goto").arg(place),
        "hx" | "helix" | "zed" | "subl" => command.arg(place),
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" => {
            command.arg(format!("+{line}")).arg(file)
        }
        _ => command.arg(file),
    };
    Ok(command)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::command;

    fn opened(variables: &[(&str, &str)]) -> String {
        let variable = |name: &str| {
            let set = variables.iter().find(|(known, _)| *known == name);
            set.map(|(_, value)| (*value).to_owned())
        };
        match command(Path::new("a.rs"), 7, &variable) {
            Ok(command) => {
                let words = std::iter::once(command.get_program()).chain(command.get_args());
                words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
            }
            Err(why) => why,
        }
    }

    #[test]
    fn every_editor_is_asked_in_its_own_way() {
        assert_eq!(opened(&[("EDITOR", "/usr/bin/vim -n")]), "/usr/bin/vim -n +7 a.rs");
        assert_eq!(opened(&[("VISUAL", "code -w"), ("EDITOR", "vi")]), "code -w --goto a.rs:7");
        assert_eq!(opened(&[("EDITOR", "hx")]), "hx a.rs:7");
        assert_eq!(opened(&[("EDITOR", "my-editor")]), "my-editor a.rs");
        assert_eq!(opened(&[("TERM_PROGRAM", "vscode"), ("EDITOR", " ")]), "code --reuse-window --goto a.rs:7");
    }

    #[test]
    fn without_an_editor_it_says_how_to_name_one() {
        assert!(opened(&[]).contains("set EDITOR"));
    }
}
