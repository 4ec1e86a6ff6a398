//! What the compiler catches: a map that is shared and not locked, and guards that live too long or not at all.

#[test]
fn what_is_only_shared_cannot_be_changed() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/shared_map.rs");
    cases.pass("tests/ui/locked_map.rs");
}

#[test]
fn a_guard_must_not_go_with_a_task_nor_be_thrown_away() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/guard_across_await.rs");
    cases.compile_fail("tests/ui/guard_dropped.rs");
    cases.pass("tests/ui/guard_in_a_block.rs");
    cases.compile_fail("tests/ui/lock_thrown_away.rs");
}
