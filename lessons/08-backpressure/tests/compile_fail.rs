//! What the compiler catches: a reference that would outlive its guard.

#[test]
fn no_reference_outlives_its_guard() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/peek_by_reference.rs");
    cases.pass("tests/ui/peek_with_a_closure.rs");
}
