//! What the compiler catches: a guard that would have to go with its task from thread to thread.

#[test]
fn a_guard_does_not_cross_an_await() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/guard_across_await.rs");
    cases.compile_fail("tests/ui/guard_dropped_before_await.rs");
    cases.pass("tests/ui/guard_in_a_function.rs");
}
