//! What becomes of a value that is made once, when making it fails.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{LazyLock, OnceLock};

fn panics<R>(body: impl FnOnce() -> R) -> bool {
    panic::catch_unwind(AssertUnwindSafe(body)).is_err()
}

#[test]
fn a_once_lock_stays_empty_after_a_panic_and_the_next_one_tries() {
    let cell = OnceLock::new();
    assert!(panics(|| cell.get_or_init(|| panic!("on purpose"))));
    assert_eq!(*cell.get_or_init(|| 5), 5);
}

#[test]
fn a_lazy_lock_is_lost_for_good_after_a_panic() {
    let tries = Cell::new(0);
    let lazy = LazyLock::new(|| {
        tries.set(tries.get() + 1);
        assert!(tries.get() > 1, "on purpose");
        5
    });
    assert!(panics(|| *lazy));
    assert!(panics(|| *lazy));
    assert_eq!(tries.get(), 1);
}

#[test]
fn an_error_that_was_made_once_is_kept_like_any_value() {
    let tries = Cell::new(0);
    let lazy = LazyLock::new(|| {
        tries.set(tries.get() + 1);
        if tries.get() == 1 { Err("no answer") } else { Ok(5) }
    });
    assert_eq!(*lazy, Err("no answer"));
    assert_eq!(*lazy, Err("no answer"));
}

#[tokio::test]
async fn a_cell_of_tokios_stays_empty_after_an_error_a_panic_or_a_cancellation() {
    let cell = tokio::sync::OnceCell::new();
    assert_eq!(cell.get_or_try_init(async || Err::<i32, _>("no answer")).await, Err("no answer"));
    let task = async { *cell.get_or_init(async || panic!("on purpose")).await };
    assert!(panics_when_polled(task).await);
    tokio::select! {
        biased;
        _ = cell.get_or_init(std::future::pending) => unreachable!("this is never made"),
        () = async {} => {}
    }
    assert_eq!(*cell.get_or_init(async || 5).await, 5);
}

/// Whether polling `task` panics.
async fn panics_when_polled<R>(task: impl Future<Output = R>) -> bool {
    let mut task = Box::pin(task);
    std::future::poll_fn(move |context| {
        match panic::catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(context).map(|_| ()))) {
            Ok(poll) => poll.map(|()| false),
            Err(_) => std::task::Poll::Ready(true),
        }
    })
    .await
}
