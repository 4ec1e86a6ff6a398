//! The program the quiz asks about. Its test is the proof of the answer.

use std::collections::HashMap;
use std::sync::RwLock;

// ANCHOR: remember
/// Remembers a word, unless it is known already.
pub fn remember(words: &RwLock<HashMap<String, u32>>, word: &str) {
    match words.read().unwrap().get(word) {
        Some(_) => {}
        None => {
            words.write().unwrap().insert(word.to_string(), 1);
        }
    }
}
// ANCHOR_END: remember
