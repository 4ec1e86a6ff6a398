//! What the compiler catches: a frame that two stages would work on at the same time.

#[test]
fn what_was_sent_belongs_to_the_next_stage() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/frame_kept.rs");
    cases.pass("tests/ui/frame_sent.rs");
}
