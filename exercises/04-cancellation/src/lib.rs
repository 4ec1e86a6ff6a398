//! Cancellation, timeouts, deadlines, request scope.

pub mod context_cancellation;
pub mod event_loop;
pub mod given;
pub mod mini_context;
pub mod request_scope;
