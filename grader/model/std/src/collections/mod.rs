//! `std::collections`, with hash maps that iterate in the same order in every execution.

pub mod hash_map;
pub mod hash_set;

pub use ::std::collections::*;

pub use hash_map::HashMap;
pub use hash_set::HashSet;
