//! What the compiler catches: data races, in two disguises.

#[test]
fn two_threads_may_not_change_one_number() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/two_mutable_borrows.rs");
    cases.compile_fail("tests/ui/cell_across_threads.rs");
    cases.pass("tests/ui/atomic_balance.rs");
    cases.pass("tests/ui/mutex_across_threads.rs");
}
