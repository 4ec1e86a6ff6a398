//! Cancellation, timeouts, deadlines, request scope.

pub mod context_cancellation;
pub mod event_loop;
#[path = "../../../exercises/04-cancellation/src/given/mod.rs"]
pub mod given;
pub mod mini_context;
pub mod request_scope;
