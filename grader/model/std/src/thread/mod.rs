//! `std::thread` on model threads.

mod builder;
mod handle;
mod local;
mod packet;
mod scope;

pub use ::std::thread::*;

pub use builder::Builder;
pub use handle::{JoinHandle, Thread, ThreadId};
pub use local::{AccessError, LocalKey};
pub use scope::{Scope, ScopedJoinHandle, scope};

use ::std::num::NonZero;

use interleave::{Op, give_way, threads, wait};

use crate::time::Duration;

/// See [`std::thread::spawn`].
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// See [`std::thread::current`].
pub fn current() -> Thread {
    Thread::current()
}

/// See [`std::thread::panicking`].
pub fn panicking() -> bool {
    threads::panicking()
}

/// See [`std::thread::yield_now`]. All others go first.
#[track_caller]
pub fn yield_now() {
    give_way(Op::new("thread::yield_now"));
}

/// See [`std::thread::sleep`]. In virtual time.
#[track_caller]
pub fn sleep(dur: Duration) {
    wait(Op::new("thread::sleep").with(|| format!("{dur:?}")), || false, || false, Some(dur));
}

/// See [`std::thread::sleep_ms`].
#[track_caller]
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::sleep`")]
pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(ms.into()));
}

/// See [`std::thread::park`].
#[track_caller]
pub fn park() {
    park_for(Op::new("thread::park"), None);
}

/// See [`std::thread::park_timeout`].
#[track_caller]
pub fn park_timeout(dur: Duration) {
    park_for(Op::new("thread::park_timeout").with(|| format!("{dur:?}")), Some(dur));
}

/// See [`std::thread::park_timeout_ms`].
#[track_caller]
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::park_timeout`")]
pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(ms.into()));
}

fn park_for(op: Op, timeout: Option<Duration>) {
    let Some(me) = threads::current() else {
        return timeout.map_or_else(::std::thread::park, ::std::thread::park_timeout);
    };
    wait(op, || threads::has_park_token(me), || true, timeout);
    threads::take_park_token();
}

/// See [`std::thread::available_parallelism`]. Always 2: enough to go wrong,
/// few enough to be explored.
///
/// # Errors
///
/// Never.
pub fn available_parallelism() -> ::std::io::Result<NonZero<usize>> {
    Ok(const { NonZero::new(2).expect("not zero") })
}
