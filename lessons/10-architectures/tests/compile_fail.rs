//! What the compiler catches: a trait whose future may not be sent to another thread.

#[test]
fn a_spawned_future_must_be_send_for_every_implementation() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/async_fn_in_trait.rs");
    cases.pass("tests/ui/future_in_trait.rs");
}
