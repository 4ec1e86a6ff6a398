//! What the compiler catches: a permit that is only lent, and would have to go with a task.

#[test]
fn a_lent_permit_does_not_go_with_a_task() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/lent_permit.rs");
    cases.pass("tests/ui/owned_permit.rs");
}
