//! The `#[lab::test]` attribute. Use it through `lab`, which re-exports it and documents the result.

mod arguments;
mod expand;

use proc_macro::TokenStream;

/// Makes a function a hidden test.
///
/// The doc comment above the function is the sentence of the contract that the test enforces; the name is a
/// sentence, too. `rejects(M15, M91)` names the misconceptions the test is there to reject, `read = "…"` the
/// heading of the chapter's section that explains it.
///
/// An `async fn` runs on a current-thread runtime whose clock is paused. With `clock = real` the clock runs:
/// for tests with blocking work, which freezes a paused clock. A plain `fn` runs on the process's main thread.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = syn::parse_macro_input!(item as syn::ItemFn);
    let arguments = syn::parse_macro_input!(arguments as arguments::Arguments);
    expand::test(&arguments, &function).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a function a hidden test that must hold under every schedule. Use it as `#[model::test]`; `model-lab` documents
/// it.
///
/// As [`test()`], for a plain `fn` without a clock. `spurious` and `early_timeouts` say what schedules may do besides.
#[proc_macro_attribute]
pub fn model_test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = syn::parse_macro_input!(item as syn::ItemFn);
    let arguments = syn::parse_macro_input!(arguments as arguments::Arguments);
    expand::model_test(&arguments, &function).unwrap_or_else(syn::Error::into_compile_error).into()
}
