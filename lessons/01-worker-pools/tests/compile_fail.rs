//! What the compiler catches: a job that borrows the stack, and two ways out.

#[test]
fn a_job_may_not_borrow_from_a_stack_that_may_be_gone() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/borrowed_job.rs");
    cases.pass("tests/ui/moved_job.rs");
    cases.pass("tests/ui/scoped_job.rs");
}
