//! What stands in the parentheses of `#[lab::test(…)]`.

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
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut rejects, mut read, mut real_clock) = (Vec::new(), None, false);
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
                _ => {
                    return Err(syn::Error::new(key.span(), "expected `rejects(…)`, `read = \"…\"` or `clock = real`"));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let read = read.ok_or_else(|| input.error("`read = \"…\"` names the section of the chapter to read"))?;
        Ok(Self { rejects, read, real_clock })
    }
}
