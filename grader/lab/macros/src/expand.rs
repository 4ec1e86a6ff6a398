//! From the annotated function to a registered test.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ItemFn, Lit, Meta};

use crate::arguments::Arguments;

/// A test that runs once in its process.
pub fn test(arguments: &Arguments, function: &ItemFn) -> syn::Result<TokenStream> {
    if let Some(freedom) = arguments.freedoms.first() {
        return Err(syn::Error::new(freedom.span(), "only a model's test has schedules to choose from"));
    }
    let name = &function.sig.ident;
    let body = match (function.sig.asyncness.is_some(), arguments.real_clock) {
        (true, false) => quote!(::lab::registry::Body::PausedClock(|| ::std::boxed::Box::pin(#name()))),
        (true, true) => quote!(::lab::registry::Body::RealClock(|| ::std::boxed::Box::pin(#name()))),
        (false, false) => quote!(::lab::registry::Body::Threads(#name)),
        (false, true) => {
            return Err(syn::Error::new_spanned(&function.sig, "a plain `fn` has no clock to choose"));
        }
    };
    registered(arguments, function, &body)
}

/// A test that runs under every schedule.
pub fn model_test(arguments: &Arguments, function: &ItemFn) -> syn::Result<TokenStream> {
    if function.sig.asyncness.is_some() || arguments.real_clock {
        return Err(syn::Error::new_spanned(&function.sig, "a model's test is a plain `fn` without a clock"));
    }
    let name = &function.sig.ident;
    let freedoms = &arguments.freedoms;
    let options = quote! {
        ::model::Options { #(#freedoms: true,)* ..::core::default::Default::default() }
    };
    let body = quote!(::lab::registry::Body::Explored(|promise| ::model::explore(#name, promise, #options)));
    registered(arguments, function, &body)
}

/// The function as it was, and beside it the registration.
fn registered(arguments: &Arguments, function: &ItemFn, body: &TokenStream) -> syn::Result<TokenStream> {
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
