//! What stands in the parentheses of `#[lab::test(…)]` and `#[model::test(…)]`.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, parenthesized};

/// The parsed arguments.
pub struct Arguments {
    /// Misconceptions, in source order.
    pub rejects: Vec<Ident>,
    /// The heading of the section to read.
    pub read: LitStr,
    /// `clock = real` was given.
    pub real_clock: bool,
    /// What schedules may do: `spurious`, `early_timeouts`.
    pub freedoms: Vec<Ident>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut rejects, mut read, mut real_clock, mut freedoms) = (Vec::new(), None, false, Vec::new());
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "rejects" => {
                    let list;
                    parenthesized!(list in input);
                    rejects = Punctuated::<Ident, Token![,]>::parse_terminated(&list)?.into_iter().collect();
                }
                "read" => {
                    input.parse::<Token![=]>()?;
                    read = Some(input.parse()?);
                }
                "clock" => {
                    input.parse::<Token![=]>()?;
                    let which: Ident = input.parse()?;
                    if which != "real" {
                        return Err(syn::Error::new(which.span(), "the only other clock is `real`"));
                    }
                    real_clock = true;
                }
                "spurious" | "early_timeouts" => freedoms.push(key),
                _ => {
                    let known = "expected `rejects(…)`, `read = \"…\"`, `clock = real`, `spurious` or `early_timeouts`";
                    return Err(syn::Error::new(key.span(), known));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let read = read.ok_or_else(|| input.error("`read = \"…\"` names the section of the chapter to read"))?;
        Ok(Self { rejects, read, real_clock, freedoms })
    }
}
