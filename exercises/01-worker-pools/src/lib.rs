//! Worker pools.

pub mod blocking_pool;
pub mod scoped_map;
pub mod thread_pool;
pub mod worker_pool;
