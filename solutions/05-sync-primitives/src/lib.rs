//! Sync primitives and shared state.

pub mod concurrent_map;
pub mod counting_semaphore;
pub mod peak_gauge;
pub mod wait_until;
