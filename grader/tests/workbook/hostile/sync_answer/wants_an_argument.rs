//! verdict: does_not_compile
//! does: has another signature than the contract asks for.

pub fn answer(question: &str) -> u32 {
    question.len() as u32
}
