//! Limits a cell sets on itself, for its test to inherit.

/// Bounds memory and turns core dumps off, as far as the system lets us.
///
/// The bound is on data, not on address space: threads reserve far more address space than they use, and a bound
/// there stops a program at about thirty threads.
#[cfg(unix)]
pub fn set(memory: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    // A limit that cannot be set is one this system does not have; the deadline still holds.
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    let _ = setrlimit(Resource::RLIMIT_DATA, memory, memory);
}

/// Windows has no such limits for a process by itself.
#[cfg(not(unix))]
pub fn set(_memory: u64) {}
