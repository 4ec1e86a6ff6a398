//! Systems that do not show a process its own threads.

use std::time::Duration;

use protocol::Waiting;

/// Nothing to prepare.
pub fn begin() {}

/// Nobody counts.
pub fn leave_out_this_one() {}

/// Not known.
pub fn others() -> Option<Vec<u32>> {
    None
}

/// Gives the others 50 ms. One-sided: what happens later is overlooked, nothing right is rejected.
pub fn wait_until_others_wait() {
    std::thread::sleep(Duration::from_millis(50));
}

/// Not known, so the deadline decides.
pub fn all_wait_for_ever() -> bool {
    false
}

/// Not known.
pub fn others_run() -> Option<bool> {
    None
}

/// Not known.
pub fn left_behind() -> Vec<Waiting> {
    Vec::new()
}

/// Not known.
pub fn whereabouts() -> Vec<Waiting> {
    Vec::new()
}

/// Not known.
pub fn whereabouts_of_others() -> Vec<Waiting> {
    Vec::new()
}

/// Nobody is asked.
pub fn stay_where_asked() {}
