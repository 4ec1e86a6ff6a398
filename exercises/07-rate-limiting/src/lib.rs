//! Rate limiting.

pub mod given;
pub mod rate_limited_client;
pub mod rate_limiter;
pub mod steady_ticker;
