//! From the annotated function to a registered test.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ItemFn, Lit, Meta};

use crate::arguments::Arguments;

/// The function as it was, and beside it the registration.
pub fn test(arguments: &Arguments, function: &ItemFn) -> syn::Result<TokenStream> {
    let promise = doc_comment(&function.attrs);
    if promise.is_empty() {
        return Err(syn::Error::new_spanned(
            &function.sig,
            "the doc comment is the sentence of the contract: write it",
        ));
    }
    let name = &function.sig.ident;
    let text = name.to_string();
    let rejects = arguments.rejects.iter().map(ToString::to_string);
    let read = &arguments.read;
    let body = match (function.sig.asyncness.is_some(), arguments.real_clock) {
        (true, false) => quote!(::lab::registry::Body::PausedClock(|| ::std::boxed::Box::pin(#name()))),
        (true, true) => quote!(::lab::registry::Body::RealClock(|| ::std::boxed::Box::pin(#name()))),
        (false, false) => quote!(::lab::registry::Body::Threads(#name)),
        (false, true) => {
            return Err(syn::Error::new_spanned(&function.sig, "a plain `fn` has no clock to choose"));
        }
    };
    Ok(quote! {
        #function
        ::lab::inventory::submit! {
            ::lab::registry::Test {
                name: #text,
                promise: #promise,
                rejects: &[#(#rejects),*],
                read: #read,
                file: ::core::file!(),
                line: ::core::line!(),
                body: #body,
            }
        }
    })
}

/// The lines of the doc comment, joined into one sentence.
fn doc_comment(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
