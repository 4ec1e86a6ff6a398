//! What the compiler catches: a receiver for two, and a future that nobody awaits.

#[test]
fn a_receiver_has_one_owner() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/cloned_receiver.rs");
    cases.pass("tests/ui/shared_receiver.rs");
}

#[test]
fn a_future_that_is_thrown_away_is_reported() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/future_thrown_away.rs");
    cases.pass("tests/ui/future_awaited.rs");
}
