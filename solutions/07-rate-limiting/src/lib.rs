//! Rate limiting.

#[path = "../../../exercises/07-rate-limiting/src/given/mod.rs"]
pub mod given;
pub mod rate_limited_client;
pub mod rate_limiter;
pub mod steady_ticker;
