//! verdict: failed
//! does: calls an async function and forgets to await it.

use std::sync::atomic::{AtomicU32, Ordering};

static ANSWER: AtomicU32 = AtomicU32::new(41);

async fn find() {
    ANSWER.store(42, Ordering::SeqCst);
}

pub async fn answer() -> u32 {
    find();
    ANSWER.load(Ordering::SeqCst)
}
