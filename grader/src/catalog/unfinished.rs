//! What is left to do in a file that compiles, and what a single file cannot have.
//!
//! A test reaches most `todo!()`s. One that only stands in a branch no test takes must not pass either.

use proc_macro2::{TokenStream, TokenTree};

/// Findings in a learner's file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// Lines with `todo!` or `unimplemented!`, from 1.
    pub todos: Vec<u32>,
    /// `mod helper;` with its line: an exercise is a single file.
    pub outside_modules: Vec<(u32, String)>,
}

/// Looks through a file. A file that is no sequence of Rust tokens has no findings: the compiler has them.
pub fn unfinished(text: &str) -> Unfinished {
    let mut found = Unfinished::default();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        look_through(tokens, &mut found);
    }
    found
}

/// Without recursion: a file may be nested more deeply than a stack is deep.
fn look_through(tokens: TokenStream, found: &mut Unfinished) {
    let mut streams = vec![tokens];
    while let Some(stream) = streams.pop() {
        look_at(stream, &mut streams, found);
    }
    found.todos.sort_unstable();
    found.outside_modules.sort();
}

fn look_at(tokens: TokenStream, inner: &mut Vec<TokenStream>, found: &mut Unfinished) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => inner.push(group.stream()),
            TokenTree::Ident(name)
                if (name == "todo" || name == "unimplemented") && is_punct(tokens.get(at + 1), '!') =>
            {
                found.todos.push(line_of(token));
            }
            TokenTree::Ident(name) if name == "mod" => {
                if let (Some(TokenTree::Ident(module)), true) = (tokens.get(at + 1), is_punct(tokens.get(at + 2), ';'))
                {
                    found.outside_modules.push((line_of(token), module.to_string()));
                }
            }
            _ => {}
        }
    }
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn line_of(token: &TokenTree) -> u32 {
    u32::try_from(token.span().start().line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::unfinished;

    #[test]
    fn todos_in_branches_and_macros_are_found_and_those_in_comments_and_strings_are_not() {
        let text = "// todo!()\nfn f(x: u8) { if x > 9 { todo!(\"later\") } }\nfn g() { vec![unimplemented!()]; }\n\
                    fn h() { let s = \"todo!()\"; let todo = 1; }\n";
        assert_eq!(unfinished(text).todos, [2, 3]);
    }

    #[test]
    fn a_module_in_another_file_is_found_and_an_inline_module_is_not() {
        let text = "mod inline { pub fn f() {} }\nmod helper;\n";
        assert_eq!(unfinished(text).outside_modules, [(2, "helper".to_owned())]);
    }

    #[test]
    fn code_may_be_nested_more_deeply_than_a_stack_is_deep() {
        let depth = 200_000;
        let text = format!("fn f() {{ {}todo!(){} }}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(unfinished(&text).todos, [1]);
    }

    #[test]
    fn half_typed_code_has_no_findings() {
        assert!(unfinished("fn f( { todo!()").todos.is_empty());
    }
}
